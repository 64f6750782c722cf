package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Stamp;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StoredState;

/**
 * Where a run stands whose pointer is lost: the topic of pointers was made anew, its states are still in the store. A job that
 * begins in the middle of a run says that there were some.
 */
record KeptStates(CheckpointStore store) {
    /**
     * A pointer to the latest state of the job's run and specification; empty where there is none.
     *
     * @param stamp who makes the pointer, and when
     */
    Optional<CheckpointPointer> pointer(BatchJob job, Stamp stamp) throws IOException {
        RunSpec run = job.run();
        for (String name : store.names(run.runId())) {
            Optional<StoredState> state = store.describe(name)
                    .filter(kept -> kept.facts().run().specification().equals(run.specification()));
            if (state.isPresent()) {
                return state.map(kept -> pointer(job, kept, stamp));
            }
        }
        return Optional.empty();
    }

    private CheckpointPointer pointer(BatchJob job, StoredState state, Stamp stamp) {
        RunProgress progress = state.progress();
        boolean inside = job.fromRecord() < progress.position() && progress.position() < job.toRecord();
        CheckpointPointer atEnd =
                CheckpointPointer.atEnd(job.run(), job.slice() - 1, RunState.TRAINING, progress, state.name(), stamp);
        return inside ? atEnd.inside(job.slice()) : atEnd;
    }
}
