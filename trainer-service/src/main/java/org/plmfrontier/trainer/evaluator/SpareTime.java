package org.plmfrontier.trainer.evaluator;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Device time that evaluations may take: while a slice trains, at most a share of the time that passes; whenever none does, all
 * of it. After a call of t seconds the next one waits for t (1 - share) / share seconds, or until nothing trains. Where the device is
 * a CPU, what evaluations reckon between their calls (regressions, resamples) takes it as well and counts like a call.
 * For one thread.
 */
public final class SpareTime {
    private static final long LOOK_MILLIS = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double share;
    private final boolean onHost;
    private final BooleanSupplier training;
    private final LongSupplier nanos;
    private final Sleep sleep;
    private long usedNanos;
    private long leftAt;
    private double owedMillis;

    /** Waits. */
    @FunctionalInterface
    public interface Sleep {
        void millis(long millis) throws InterruptedException;
    }

    /**
     * Nothing is used yet.
     *
     * @param share above 0, at most 1
     * @param onHost whether the device is a CPU
     * @param training whether a slice is in hand
     */
    public SpareTime(double share, boolean onHost, BooleanSupplier training, LongSupplier nanos, Sleep sleep) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("trainer.evaluations.share must lie in (0, 1], got " + share);
        }
        this.share = share;
        this.onHost = onHost;
        this.training = training;
        this.nanos = nanos;
        this.sleep = sleep;
    }

    /**
     * An evaluation begins, once what the one before owes at its end is left to training; nothing is used of it yet.
     *
     * @throws CancellationException where the thread is interrupted, which it stays
     */
    void begin() {
        leave(owedMillis - (nanos.getAsLong() - leftAt) / NANOS_PER_MILLI);
        owedMillis = 0;
        usedNanos = 0;
        leftAt = nanos.getAsLong();
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
        if (onHost) {
            pay(nanos.getAsLong() - leftAt);
        }
        long begun = nanos.getAsLong();
        T result = call.get();
        pay(nanos.getAsLong() - begun);
        return result;
    }

    /**
     * The evaluation is over. Its result does not wait: what it owes is paid before the next one.
     *
     * @return seconds of the device that it took, waits not counted
     */
    double end() {
        long took = onHost ? nanos.getAsLong() - leftAt : 0;
        usedNanos += took;
        owedMillis = owed(took);
        leftAt = nanos.getAsLong();
        return usedNanos / NANOS_PER_SECOND;
    }

    private void pay(long took) {
        usedNanos += took;
        leave(owed(took));
        leftAt = nanos.getAsLong();
    }

    private double owed(long took) {
        return took * (1 - share) / share / NANOS_PER_MILLI;
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
