package org.plmfrontier.contracts.retry;

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
public final class Beginning {
    /**
     * @param needs what the step cannot do without, the beginning of the sentence that tells of its failure
     * @param work the step
     */
    public record Step(String needs, Runnable work) {}

    private final List<Step> steps;
    private final Pauses pauses;
    private final Consumer<String> teller;
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable String trouble = "has not begun";

    /** @param teller is told each new trouble, one line, and at last that it is over */
    public Beginning(List<Step> steps, Pauses pauses, Consumer<String> teller) {
        this.steps = List.copyOf(steps);
        this.pauses = pauses;
        this.teller = teller;
    }

    /** Tries once, and where that fails goes on trying on a thread of its own. */
    public void begin() {
        if (!tryOnce()) {
            Thread.ofPlatform().name("beginning").daemon().start(this::goOn);
        }
    }

    /** Why the service is not of use yet, one line; empty once it is. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * Returns when all steps are done.
     *
     * @throws IllegalStateException where it was stopped before that
     */
    public void await() throws InterruptedException {
        over.await();
        String missing = trouble;
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
                    teller.accept("all that was missing is there");
                    return;
                }
                failures++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause(int failures) {
        return pauses.after(failures, ThreadLocalRandom.current());
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
        trouble = null;
        over.countDown();
        return true;
    }

    private void say(String sentence) {
        if (!sentence.equals(trouble)) {
            teller.accept(sentence);
        }
        trouble = sentence;
    }
}
