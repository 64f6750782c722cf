package org.plmfrontier.trainer.slice;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.checkpoint.RunProgress;

/**
 * How far a run is by its events: what counts of it, whatever else was trained or kept.
 *
 * @param step last step; null where there is none
 * @param slice last slice that was completed; null where there is none
 */
public record PublishedRun(
        @Nullable StepCompleted step, @Nullable SliceCompleted slice, RunState state) {
    /** A run of which nothing is published. */
    public static final PublishedRun NOTHING = new PublishedRun(null, null, RunState.PLANNED);

    public PublishedRun {
        Objects.requireNonNull(state, "state");
    }

    /** The same run one event later, in the order of the log. */
    public PublishedRun after(TrainingEvent event) {
        return switch (event) {
            case StepCompleted done -> new PublishedRun(done, slice, state);
            case SliceCompleted done -> new PublishedRun(step, done, state);
            case RunStateChanged change -> new PublishedRun(step, slice, change.state());
            case TrainingEvent.RunPlanned ignored -> this;
            case TrainingEvent.HeldOutEvaluated ignored -> this;
            case TrainingEvent.CheckpointRefused ignored -> this;
            case TrainingEvent.DownstreamEvaluated ignored -> this;
            case TrainingEvent.RunDeleted ignored -> NOTHING;
        };
    }

    boolean isNothing() {
        return equals(NOTHING);
    }

    /** Number of the last slice that was completed, {@value CheckpointPointer#NONE} before the first. */
    public int lastSlice() {
        return slice == null ? CheckpointPointer.NONE : slice.slice();
    }

    /** Where the run stands. */
    RunProgress progress(RunSpec run) {
        StepCompleted last = step;
        return last == null
                ? RunProgress.START
                : new RunProgress(
                        Math.multiplyExact(last.step(), run.recipe().recordsPerStep()),
                        last.step(),
                        Math.round(last.tokens()),
                        last.computeFlops(),
                        last.executedFlops());
    }

    /** The slice in which the run stands, or at whose end, with the last evaluation missing; null where it is completed. */
    @Nullable
    Integer openSlice() {
        long completed = slice == null ? 0 : slice.step();
        return step == null || step.step() == completed ? null : Integer.valueOf(lastSlice() + 1);
    }
}
