package org.plmfrontier.trainer.assignment;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.RunProgress;

/**
 * Where a run stands: the last value per run of the topic checkpoints, written in the transaction of each slice or part
 * of a slice.
 *
 * @param slice last slice that was completed, -1 before the first
 * @param checkpoint name in the store; null before the first slice
 * @param trainer who wrote it
 * @param openSlice the slice in whose middle (or at whose end, with its last evaluation missing) the run stands, because
 *     its trainer had to leave; null where the run stands at the end of {@code slice}
 * @param specification hash of what was trained ({@link RunSpec#specification}); null in pointers of older trainers
 */
@StagedBuilder
public record CheckpointPointer(
        String studyId,
        String runId,
        int slice,
        RunState state,
        RunProgress progress,
        @Nullable String checkpoint,
        String trainer,
        Instant at,
        @Nullable Integer openSlice,
        @Nullable String specification) {
    /** Slice of a run that has completed none. */
    public static final int NONE = -1;

    public CheckpointPointer {
        Objects.requireNonNull(studyId, "studyId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(trainer, "trainer");
        Objects.requireNonNull(at, "at");
        if (checkpoint == null && progress.position() > 0) {
            throw new IllegalArgumentException(
                    "checkpoint of run " + runId + " is missing at position " + progress.position());
        }
    }

    /** A run of which nothing is trained. */
    public static CheckpointPointer untrained(RunSpec run, RunState state, Stamp stamp) {
        return atEnd(run, NONE, state, RunProgress.START, null, stamp);
    }

    /**
     * A run at the end of a slice.
     *
     * @param slice last completed slice, {@value #NONE} where there is none
     * @param checkpoint null only where nothing is trained
     */
    public static CheckpointPointer atEnd(
            RunSpec run, int slice, RunState state, RunProgress progress, @Nullable String checkpoint, Stamp stamp) {
        return CheckpointPointerBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .slice(slice)
                .state(state)
                .progress(progress)
                .trainer(stamp.trainer())
                .at(stamp.at())
                .checkpoint(checkpoint)
                .specification(run.specification())
                .build();
    }

    /** The same place, in the middle of a slice that its trainer had to leave. */
    public CheckpointPointer inside(int open) {
        return CheckpointPointerBuilder.from(this).openSlice(open).build();
    }

    /** The same place under another state. */
    public CheckpointPointer withState(RunState next, Stamp stamp) {
        return CheckpointPointerBuilder.from(this)
                .state(next)
                .trainer(stamp.trainer())
                .at(stamp.at())
                .build();
    }

    /** Whether the job is the one of which a part is published and the rest is not. */
    public boolean isInside(BatchJob job) {
        return openSlice != null
                && openSlice == job.slice()
                && job.fromRecord() < progress.position()
                && progress.position() <= job.toRecord();
    }
}
