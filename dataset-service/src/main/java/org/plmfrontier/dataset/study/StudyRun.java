package org.plmfrontier.dataset.study;

import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * A run with its place and its progress.
 *
 * @param partition partition of the jobs topic
 * @param slices number of its slices
 */
public record StudyRun(RunSpec spec, int partition, int slices, RunProgress progress) {
    public StudyRun {
        if (partition < 0 || slices <= 0) {
            throw new IllegalArgumentException(
                    "run " + spec.runId() + ": partition " + partition + ", slices " + slices);
        }
    }

    /** Training FLOPs that are left, 0 where nothing more will be trained unless somebody intervenes. */
    public double remainingFlops() {
        return isActive() ? Math.max(0, spec.expectedFlops() - progress.computeFlops()) : 0;
    }

    /** The last published state, but that a completed run to which a further budget was given is training again. */
    public RunState state() {
        boolean extended = progress.state() == RunState.COMPLETED && progress.lastSlice() < slices - 1;
        return extended ? RunState.TRAINING : progress.state();
    }

    /** Whether trainers have, or may expect, work of this run. */
    public boolean isActive() {
        return switch (state()) {
            case PLANNED, TRAINING -> true;
            case STOPPED, DIVERGED, COMPLETED -> false;
        };
    }
}
