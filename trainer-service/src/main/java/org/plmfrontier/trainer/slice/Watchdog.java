package org.plmfrontier.trainer.slice;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long the current job has made no progress. Progress is what the training thread does again and again: a step,
 * a batch of an evaluation, another look at a disk or a broker that it waits for. Thread-safe.
 */
public final class Watchdog {
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Long> last = new AtomicReference<>();

    /**
     * Without a job.
     *
     * @param nanos a steady counter, nanoseconds
     */
    public Watchdog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Progress was made; the first call starts the job's time. */
    public void progress() {
        last.set(nanos.getAsLong());
    }

    /** There is no job any more. */
    public void idle() {
        last.set(null);
    }

    /** Time since the last progress; empty without a job. */
    public Optional<Duration> stalledFor() {
        Long progress = last.get();
        return progress == null ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.getAsLong() - progress));
    }
}
