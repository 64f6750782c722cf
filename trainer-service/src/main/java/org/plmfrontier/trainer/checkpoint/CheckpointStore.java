package org.plmfrontier.trainer.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;

/** Where the states of runs are kept. Several trainers share a store; names of two trainers never collide. */
public interface CheckpointStore {
    /**
     * Keeps a state under a new name.
     *
     * @return the name; when it returns, the state survives a crash of the machine
     */
    String save(String runId, RunProgress progress, StateLayout layout, StateWriter state) throws IOException;

    /**
     * Opens a state for reading, after its checksum, run and shapes were found right.
     *
     * @throws CheckpointRefusedException where it is absent or not what it must be
     */
    SavedState open(String name, String runId, StateLayout layout) throws IOException, CheckpointRefusedException;

    /** Names of a run's states, latest step first. */
    List<String> names(String runId) throws IOException;

    /** Deletes the run's states but those named. */
    void prune(String runId, Set<String> keep) throws IOException;

    /** What writes a state tensor by tensor. */
    @FunctionalInterface
    interface StateWriter {
        void writeTo(TensorSink sink) throws IOException;
    }
}
