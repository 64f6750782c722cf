package org.plmfrontier.dataset.study;

import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.plan.PlannedRun;

/**
 * A run with its place and its progress.
 *
 * @param partition partition of the jobs topic
 * @param slices number of its slices that are cut
 * @param plannedTo record at which the last of them ends
 */
public record StudyRun(RunSpec spec, int partition, int slices, long plannedTo, RunProgress progress) {
    public StudyRun {
        if (partition < 0 || slices < 0 || plannedTo < 0) {
            throw new IllegalArgumentException("run " + spec.runId() + ": partition " + partition + ", slices " + slices
                    + ", planned to record " + plannedTo);
        }
    }

    /** Records trained by the end of the last slice that is done. */
    public long position() {
        return spec.position(progress.step());
    }

    /** What is planned of it. */
    PlannedRun planned() {
        boolean over = progress.state() == RunState.DIVERGED;
        return new PlannedRun(spec, partition, slices, Math.min(plannedTo, spec.endRecord()), over);
    }

    /** Training FLOPs that are left, 0 where nothing more will be trained unless somebody intervenes. */
    public double remainingFlops() {
        return isActive() ? Math.max(0, spec.expectedFlops() - progress.computeFlops()) : 0;
    }

    /** The last published state, but that a completed run to which a further budget was given is training again. */
    public RunState state() {
        boolean extended = progress.state() == RunState.COMPLETED
                && (progress.lastSlice() < slices - 1 || plannedTo < spec.endRecord());
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
