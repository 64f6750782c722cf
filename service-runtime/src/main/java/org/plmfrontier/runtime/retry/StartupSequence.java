package org.plmfrontier.runtime.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a service does once before it is of use, step by step. What it needs may come later than the service: a step that
 * fails is tried again until it succeeds, with all before it, so steps must bear being repeated. Thread-safe.
 */
public final class StartupSequence {
    /**
     * @param needs what the step cannot do without, the beginning of the message about its failure
     * @param work the step
     */
    public record Step(String needs, Runnable work) {}

    private final List<Step> steps;
    private final Backoff backoff;
    private final Consumer<String> log;
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable String notReadyReason = "has not begun";

    /** @param log receives each new reason, one line, and at last that the service is ready */
    public StartupSequence(List<Step> steps, Backoff backoff, Consumer<String> log) {
        this.steps = List.copyOf(steps);
        this.backoff = backoff;
        this.log = log;
    }

    /** Tries once, and where that fails goes on trying on a thread of its own. */
    public void begin() {
        if (!tryOnce()) {
            Thread.ofPlatform().name("startup").daemon().start(this::goOn);
        }
    }

    /** Why the service is not of use yet, one line; empty once it is. */
    public Optional<String> notReadyReason() {
        return Optional.ofNullable(notReadyReason);
    }

    /**
     * Returns when all steps are done.
     *
     * @throws IllegalStateException where it was stopped before that
     */
    public void await() throws InterruptedException {
        over.await();
        String missing = notReadyReason;
        if (missing != null) {
            throw new IllegalStateException("stopped before it began, " + missing);
        }
    }

    /** Gives up where it has not succeeded yet. */
    public void stop() {
        stopping.countDown();
        over.countDown();
    }

    private void goOn() {
        int failures = 1;
        try {
            while (!stopping.await(pause(failures).toNanos(), TimeUnit.NANOSECONDS)) {
                if (tryOnce()) {
                    log.accept("all that was missing is there");
                    return;
                }
                failures++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause(int failures) {
        return backoff.after(failures, ThreadLocalRandom.current());
    }

    private boolean tryOnce() {
        for (Step step : steps) {
            try {
                step.work().run();
            } catch (RuntimeException e) {
                say(step.needs() + ": " + FailureSentence.of(e));
                return false;
            }
        }
        notReadyReason = null;
        over.countDown();
        return true;
    }

    private void say(String sentence) {
        if (!sentence.equals(notReadyReason)) {
            log.accept(sentence);
        }
        notReadyReason = sentence;
    }
}
