package org.plmfrontier.benchmarks.idle;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.checkpoint.StoredState;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSource;

/** States are read from the model and kept nowhere. */
final class NoCheckpoints implements CheckpointStore {
    @Override
    public String nameOf(String runId, RunProgress progress, boolean kept) {
        return runId + "/" + progress.step();
    }

    @Override
    public void save(
            String name,
            String runId,
            RunProgress progress,
            @Nullable RunFacts facts,
            StateLayout layout,
            StateWriter state)
            throws IOException {
        state.writeTo((tensor, values) -> {});
    }

    @Override
    public SavedState open(String name, String runId, StateLayout layout) throws CheckpointRefusedException {
        throw new CheckpointRefusedException(name, "nothing is kept");
    }

    @Override
    public SavedState openWeights(String name, ModelShape shape) throws CheckpointRefusedException {
        throw new CheckpointRefusedException(name, "nothing is kept");
    }

    @Override
    public List<String> runs() {
        return List.of();
    }

    @Override
    public Optional<StoredState> describe(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> names(String runId) {
        return List.of();
    }

    @Override
    public void prune(String runId, Set<String> keep, Set<Long> keepSteps) {
        // nothing is kept
    }

    @Override
    public void release(String runId, long step) {
        // nothing is kept
    }

    @Override
    public void remove(String runId) {
        // nothing is kept
    }

    @Override
    public String keepWeights(ModelShape shape, TensorSource weights, String card) {
        throw new UnsupportedOperationException("weights are not kept");
    }

    @Override
    public Optional<String> cardOf(String weights) {
        return Optional.empty();
    }
}
