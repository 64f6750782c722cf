package org.plmfrontier.trainer.assignment;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.trainer.checkpoint.RunProgress;

/**
 * Where a run stands: the last value per run of the topic checkpoints, written in the transaction of each slice.
 *
 * @param slice last slice that was completed, -1 before the first
 * @param checkpoint name in the store; null before the first slice
 * @param trainer who wrote it
 */
public record CheckpointPointer(
        String studyId,
        String runId,
        int slice,
        RunState state,
        RunProgress progress,
        @Nullable String checkpoint,
        String trainer,
        Instant at) {
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

    /** The same place under another state. */
    public CheckpointPointer withState(RunState next, String byTrainer, Instant when) {
        return new CheckpointPointer(studyId, runId, slice, next, progress, checkpoint, byTrainer, when);
    }
}
