package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StoredState;

/**
 * Where a run stands whose pointer is lost: the topic of pointers was made anew, its states are still in the store. A job that
 * begins in the middle of a run says that there were some.
 */
record KeptStates(CheckpointStore store, String trainer) {
    /**
     * A pointer to the latest state of the job's run and specification; empty where there is none.
     *
     * @param now when the pointer is made
     */
    Optional<CheckpointPointer> pointer(BatchJob job, Instant now) throws IOException {
        RunSpec run = job.run();
        for (String name : store.names(run.runId())) {
            Optional<StoredState> state = store.describe(name)
                    .filter(kept -> kept.facts().run().specification().equals(run.specification()));
            if (state.isPresent()) {
                return state.map(kept -> pointer(job, kept, now));
            }
        }
        return Optional.empty();
    }

    private CheckpointPointer pointer(BatchJob job, StoredState state, Instant now) {
        RunProgress progress = state.progress();
        boolean inside = job.fromRecord() < progress.position() && progress.position() < job.toRecord();
        return CheckpointPointer.of(
                job.run(),
                job.slice() - 1,
                RunState.TRAINING,
                progress,
                state.name(),
                trainer,
                now,
                inside ? job.slice() : null);
    }
}
