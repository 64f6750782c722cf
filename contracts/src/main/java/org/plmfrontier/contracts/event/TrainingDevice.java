package org.plmfrontier.contracts.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a slice was trained on.
 *
 * @param name as its driver or a setting of the trainer has it, for example {@code NVIDIA H100 80GB HBM3} or {@code cpu}
 * @param peakFlops FLOPs per second that it can do at best in the precision of the run; null where nobody knows, as of CPUs
 */
public record TrainingDevice(String name, @Nullable Double peakFlops) {
    public TrainingDevice {
        Objects.requireNonNull(name, "name");
        if (peakFlops != null && !(peakFlops > 0 && Double.isFinite(peakFlops))) {
            throw new IllegalArgumentException("peakFlops of " + name + " must be positive, got " + peakFlops);
        }
    }
}
