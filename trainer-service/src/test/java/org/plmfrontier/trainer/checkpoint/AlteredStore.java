package org.plmfrontier.trainer.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSource;

/**
 * A store of which writing is altered: it may wait, fail or be slow.
 *
 * @param alteration what becomes of each write
 */
public record AlteredStore(CheckpointStore store, Alteration alteration) implements CheckpointStore {
    /** What is done around or instead of a write. */
    @FunctionalInterface
    public interface Alteration {
        /**
         * Called for each state before it is written.
         *
         * @return what writes the state in its place
         */
        StateWriter of(RunProgress progress, StateWriter state) throws IOException;
    }

    /** A store that takes so many bytes per second. */
    public static AlteredStore slow(CheckpointStore store, double bytesPerSecond) {
        return new AlteredStore(
                store,
                (progress, state) -> sink -> state.writeTo((tensor, values) -> {
                    long nanos = (long) (values.remaining() / bytesPerSecond * 1e9);
                    long began = System.nanoTime();
                    sink.write(tensor, values);
                    sleep(nanos - (System.nanoTime() - began));
                }));
    }

    private static void sleep(long nanos) throws IOException {
        try {
            Thread.sleep(Math.max(0, nanos / 1_000_000), (int) Math.max(0, nanos % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public String nameOf(String runId, RunProgress progress, boolean kept) {
        return store.nameOf(runId, progress, kept);
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
        store.save(name, runId, progress, facts, layout, alteration.of(progress, state));
    }

    @Override
    public SavedState open(String name, String runId, StateLayout layout)
            throws IOException, CheckpointRefusedException {
        return store.open(name, runId, layout);
    }

    @Override
    public List<String> runs() throws IOException {
        return store.runs();
    }

    @Override
    public Optional<StoredState> describe(String name) throws IOException {
        return store.describe(name);
    }

    @Override
    public List<String> names(String runId) throws IOException {
        return store.names(runId);
    }

    @Override
    public void prune(String runId, Set<String> keep, Set<Long> keepSteps) throws IOException {
        store.prune(runId, keep, keepSteps);
    }

    @Override
    public void release(String runId, long step) throws IOException {
        store.release(runId, step);
    }

    @Override
    public void remove(String runId) throws IOException {
        store.remove(runId);
    }

    @Override
    public String keepWeights(ModelShape shape, TensorSource weights, String card) throws IOException {
        return store.keepWeights(shape, weights, card);
    }

    @Override
    public Optional<String> cardOf(String weights) throws IOException {
        return store.cardOf(weights);
    }

    @Override
    public SavedState openWeights(String name, ModelShape shape) throws IOException, CheckpointRefusedException {
        return store.openWeights(name, shape);
    }
}
