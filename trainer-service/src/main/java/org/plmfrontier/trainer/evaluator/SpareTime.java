package org.plmfrontier.trainer.evaluator;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Device time that evaluations may take: while a slice trains, at most a share of the time that passes; whenever none does, all
 * of it. After a call of t seconds the next one waits for t (1 - share) / share seconds, or until nothing trains. For one thread.
 */
public final class SpareTime {
    private static final long LOOK_MILLIS = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double share;
    private final BooleanSupplier training;
    private final LongSupplier nanos;
    private final Sleep sleep;
    private long usedNanos;

    /** Waits. */
    @FunctionalInterface
    public interface Sleep {
        void millis(long millis) throws InterruptedException;
    }

    /**
     * Nothing is used yet.
     *
     * @param share above 0, at most 1
     * @param training whether a slice is in hand
     */
    public SpareTime(double share, BooleanSupplier training, LongSupplier nanos, Sleep sleep) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("trainer.evaluations.share must lie in (0, 1], got " + share);
        }
        this.share = share;
        this.training = training;
        this.nanos = nanos;
        this.sleep = sleep;
    }

    /**
     * Calls the device, then leaves it to training.
     *
     * @throws CancellationException where the thread is interrupted, which it stays
     */
    <T> T use(Supplier<T> call) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the evaluation was given up");
        }
        long begun = nanos.getAsLong();
        T result = call.get();
        long took = nanos.getAsLong() - begun;
        usedNanos += took;
        leave(took * (1 - share) / share / NANOS_PER_MILLI);
        return result;
    }

    /** Seconds in calls of the device since the last time that this was asked. */
    double takeSeconds() {
        double seconds = usedNanos / NANOS_PER_SECOND;
        usedNanos = 0;
        return seconds;
    }

    private void leave(double millis) {
        double owed = millis;
        try {
            while (owed >= 1 && training.getAsBoolean()) {
                long pause = (long) Math.min(owed, LOOK_MILLIS);
                sleep.millis(pause);
                owed -= pause;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the evaluation was given up");
        }
    }
}
