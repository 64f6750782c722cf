package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Objects;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * A state that a report names and the store does not hold yet.
 *
 * @param name that the report gives it
 * @param progress of the run in this state
 * @param facts kept with it
 */
record UnsavedState(String name, RunProgress progress, RunFacts facts) {
    UnsavedState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(facts, "facts");
    }

    RunSpec run() {
        return facts.run();
    }

    /** Size of its tensors, 12 bytes per parameter and 4. */
    long bytes() {
        return layout().all().stream().mapToLong(TensorSpec::bytes).sum();
    }

    /** Keeps it; when this returns, it survives a crash of the machine. */
    void saveTo(CheckpointStore store, CheckpointStore.StateWriter state) throws IOException {
        store.save(name, run().runId(), progress, facts, layout(), state);
    }

    private StateLayout layout() {
        return Networks.state(run().shape());
    }
}
