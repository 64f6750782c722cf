package org.plmfrontier.trainer.slice;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long nothing has moved while a job is in hand. A move is what the training thread does again and again: a step, a
 * batch of an evaluation, another look at a disk or a broker that is waited for. Thread-safe.
 */
public final class Pulse {
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Long> last = new AtomicReference<>();

    /**
     * A pulse without a job.
     *
     * @param nanos a steady counter, nanoseconds
     */
    public Pulse(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Something moved; from the first of these on a job is in hand. */
    public void beat() {
        last.set(nanos.getAsLong());
    }

    /** No job is in hand any more. */
    public void rest() {
        last.set(null);
    }

    /** Time since the last beat; empty where no job is in hand. */
    public Optional<Duration> stillFor() {
        Long beat = last.get();
        return beat == null ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.getAsLong() - beat));
    }
}
