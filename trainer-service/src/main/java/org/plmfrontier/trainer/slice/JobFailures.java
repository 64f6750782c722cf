package org.plmfrontier.trainer.slice;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * What has failed of one job so far, and when that is enough. What is of the job itself is counted; a token log that is not
 * as it must be is waited for, since it can be mended; a broker or a disk that is away is waited for without end, but counts
 * as movement for a time only. Thread-safe.
 */
public final class JobFailures {
    /**
     * When it is enough.
     *
     * @param attempts how often a job that fails for its own sake is tried
     * @param tokenLog how long its token log is waited for
     * @param retries how long tries that fail count as movement
     */
    public record Limits(int attempts, Duration tokenLog, Duration retries) {
        public Limits {
            if (attempts <= 0 || !tokenLog.isPositive() || !retries.isPositive()) {
                throw new IllegalArgumentException("limits must be positive, got " + attempts + " attempts, tokenLog "
                        + tokenLog + ", retries " + retries);
            }
        }
    }

    /** An attempt that went well for so long was not hindered by what had failed before. */
    private static final Duration SOUND = Duration.ofMinutes(1);

    /** A time without anything but failures, from the first to the last of them. */
    private final class Spell {
        private final long limit;
        private @Nullable Long first;
        private long last;

        Spell(Duration limit) {
            this.limit = limit.toNanos();
        }

        void add() {
            long now = nanos.getAsLong();
            if (first == null || now - begun > SOUND.toNanos()) {
                first = now;
            }
            last = now;
        }

        boolean isOver() {
            return first != null && last - first > limit;
        }
    }

    private final Limits limits;
    private final LongSupplier nanos;
    private final Spell tokenLog;
    private final Spell any;
    private long begun;
    private int own;
    private String lastOwn = "";
    private String lastTokenLog = "";

    /**
     * A job that has not failed yet.
     *
     * @param nanos a steady counter, nanoseconds
     */
    public JobFailures(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.tokenLog = new Spell(limits.tokenLog());
        this.any = new Spell(limits.retries());
    }

    /** Another attempt begins. */
    public synchronized void begin() {
        begun = nanos.getAsLong();
    }

    /** The broker or the disk did not do what it was asked. */
    public synchronized void passing() {
        any.add();
    }

    /** The token log could not be read, or not where the job needs it. */
    public synchronized void tokenLog(TokenLogException failure) {
        any.add();
        tokenLog.add();
        lastTokenLog = String.valueOf(failure.getMessage());
    }

    /** The job failed for its own sake. */
    public synchronized void own(RuntimeException failure) {
        any.add();
        own++;
        lastOwn = FailureSentence.of(failure);
    }

    /** Why the job is not tried again, one sentence; empty where it is. */
    public synchronized Optional<String> verdict() {
        if (own >= limits.attempts()) {
            return Optional.of("failed " + own + " times, the last time: " + lastOwn);
        }
        return tokenLog.isOver()
                ? Optional.of("the token log was waited for longer than " + limits.tokenLog() + ": " + lastTokenLog)
                : Optional.empty();
    }

    /** Whether another try still counts as movement. */
    public synchronized boolean isMovement() {
        return !any.isOver();
    }
}
