package org.plmfrontier.dataset.plan;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * How runs become jobs of the trainers that there are.
 *
 * @param targetFlops wanted FLOPs of a slice; empty for a share of the study's largest run, but no more than {@code time}
 * @param slicesOfLargest how many slices the largest run is cut into where no target is given
 * @param mostPerRun no run is cut into many more slices than this; budget ends can add one each
 * @param time how long a slice may keep a device where no target is given; null for as long as it takes
 * @param memoryBytes memory of a trainer's device; empty where nobody stated it
 */
public record Slicing(
        OptionalDouble targetFlops,
        int slicesOfLargest,
        int mostPerRun,
        @Nullable SliceTime time,
        OptionalLong memoryBytes) {
    /** Trainers of unknown speed and memory. */
    public Slicing(OptionalDouble targetFlops, int slicesOfLargest, int mostPerRun) {
        this(targetFlops, slicesOfLargest, mostPerRun, null, OptionalLong.empty());
    }

    public Slicing {
        if (targetFlops.isPresent() && !(targetFlops.getAsDouble() > 0)) {
            throw new IllegalArgumentException("targetFlops must be positive, got " + targetFlops.getAsDouble());
        }
        if (slicesOfLargest <= 0 || mostPerRun <= 0) {
            throw new IllegalArgumentException(
                    "slicesOfLargest " + slicesOfLargest + " and mostPerRun " + mostPerRun + " must be positive");
        }
    }

    /**
     * Refuses a study with a shape that no trainer can hold.
     *
     * @throws org.plmfrontier.dataset.refusal.RefusedException naming the shape and both sizes
     */
    public void requireFits(StudySpec spec) {
        memoryBytes.ifPresent(bytes -> GridBounds.requireFits(spec, bytes));
    }

    /**
     * FLOPs that a slice of a run aims at.
     *
     * @param largestRun FLOPs of the study's largest run
     */
    double target(double largestRun, RunSpec run) {
        double wanted = targetFlops.orElseGet(() -> {
            double share = largestRun / slicesOfLargest;
            return time == null ? share : Math.min(share, time.flops(run));
        });
        return Math.max(wanted, run.expectedFlops() / mostPerRun);
    }
}
