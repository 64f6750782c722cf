package org.plmfrontier.trainer.assignment;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;

/**
 * Holds a job against where its run stands. Jobs come at least once and in order; after a stop the planner sends the jobs
 * from the last completed one again, so what was queued behind the stop is skipped and not missing. A job of which a
 * trainer published a part before it left is trained from there. A completed run goes on where a job of it carries a
 * further budget.
 */
public final class JobOrder {
    private JobOrder() {}

    /**
     * Judges a job.
     *
     * @param pointer of the job's run; null where nothing of it was trained
     * @param stopWanted whether the last command of the run is a stop
     */
    public static Verdict judge(BatchJob job, @Nullable CheckpointPointer pointer, boolean stopWanted) {
        RunState state = pointer == null ? RunState.PLANNED : pointer.state();
        long position = pointer == null ? 0 : pointer.progress().position();
        if (job.toRecord() > job.run().endRecord()) {
            return impossible(
                    job, "ends behind the run's end at record " + job.run().endRecord());
        }
        boolean inside = pointer != null && pointer.isInside(job);
        boolean next = inside || (job.fromRecord() == position && (pointer == null || pointer.openSlice() == null));
        if (!inside && job.toRecord() <= position) {
            return new Verdict.Skip("repeats records before " + position);
        }
        if (state == RunState.DIVERGED) {
            return new Verdict.Skip("the run has diverged");
        }
        if (state == RunState.STOPPED && (stopWanted || !next)) {
            return new Verdict.Skip("the run is stopped at record " + position);
        }
        if (!next) {
            return impossible(job, "does not follow record " + position + ", where the run stands");
        }
        return stopWanted ? new Verdict.Stop() : new Verdict.Train();
    }

    private static Verdict impossible(BatchJob job, String reason) {
        return new Verdict.Impossible("slice " + job.slice() + " of run "
                + job.run().runId() + " (records " + job.fromRecord() + " to " + job.toRecord() + ") " + reason);
    }
}
