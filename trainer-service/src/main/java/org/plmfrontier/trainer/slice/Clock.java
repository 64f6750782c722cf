package org.plmfrontier.trainer.slice;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The two clocks of a trainer.
 *
 * @param wall when things happened
 * @param nanos a steady counter for durations, nanoseconds
 */
public record Clock(InstantSource wall, LongSupplier nanos) {
    public Clock {
        Objects.requireNonNull(wall, "wall");
        Objects.requireNonNull(nanos, "nanos");
    }

    /** The machine's clocks. */
    public static Clock system() {
        return new Clock(InstantSource.system(), System::nanoTime);
    }

    Instant now() {
        return wall.instant();
    }

    double secondsSince(long nanosBefore) {
        return (nanos.getAsLong() - nanosBefore) / 1e9;
    }
}
