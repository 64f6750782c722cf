package org.plmfrontier.dataset.plan;

import java.util.OptionalDouble;

/**
 * How finely runs are cut.
 *
 * @param targetFlops wanted FLOPs of a slice; empty for a share of the study's largest run
 * @param slicesOfLargest how many slices the largest run is cut into where no target is given
 * @param mostPerRun no run is cut into many more slices than this; budget ends can add one each
 */
public record Slicing(OptionalDouble targetFlops, int slicesOfLargest, int mostPerRun) {
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
     * FLOPs that a slice of a run aims at.
     *
     * @param largestRun FLOPs of the study's largest run
     * @param run FLOPs of the run itself
     */
    double target(double largestRun, double run) {
        double wanted = targetFlops.orElse(largestRun / slicesOfLargest);
        return Math.max(wanted, run / mostPerRun);
    }
}
