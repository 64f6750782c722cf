package org.plmfrontier.trainer.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.checkpoint.StateNames;
import org.plmfrontier.trainer.checkpoint.StoredState;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** A folder of checkpoints that several trainers share, without a disk. */
final class MemoryCheckpoints {
    private final Map<String, State> states = new TreeMap<>();
    private final Set<String> damaged = new HashSet<>();

    private final Map<String, Weights> weights = new HashMap<>();

    private record State(
            String runId, RunProgress progress, @Nullable RunFacts facts, Map<TensorSpec, byte[]> tensors) {}

    private record Weights(ModelShape shape, Map<TensorSpec, byte[]> tensors, String card) {}

    /** Makes a state unusable. */
    void damage(String name) {
        damaged.add(name);
    }

    List<String> all() {
        return List.copyOf(states.keySet());
    }

    boolean holds(String name) {
        return states.containsKey(name);
    }

    /**
     * The store as a trainer sees it.
     *
     * @param around called before a state is written, which may fail, and after its name is there
     */
    CheckpointStore of(String trainer, Around around) {
        return new View(trainer, around);
    }

    /** What may happen while a state is written. */
    interface Around {
        void before() throws IOException;

        void after();
    }

    private final class View implements CheckpointStore {
        private final String trainer;
        private final Around around;

        View(String trainer, Around around) {
            this.trainer = trainer;
            this.around = around;
        }

        @Override
        public String nameOf(String runId, RunProgress progress, boolean kept) {
            return "%s/step-%012d%s-%s".formatted(runId, progress.step(), kept ? StateNames.KEPT : "", trainer);
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
            Map<TensorSpec, byte[]> tensors = new LinkedHashMap<>();
            around.before();
            state.writeTo((tensor, values) -> tensors.put(tensor, bytes(values)));
            states.put(name, new State(runId, progress, facts, tensors));
            damaged.remove(name);
            around.after();
        }

        @Override
        public SavedState open(String name, String runId, StateLayout layout) throws CheckpointRefusedException {
            State state = states.get(name);
            if (state == null || damaged.contains(name)) {
                throw new CheckpointRefusedException(name, state == null ? "there is none" : "a byte is flipped");
            }
            if (!state.runId().equals(runId)) {
                throw new CheckpointRefusedException(name, "it is of run " + state.runId() + ", not of run " + runId);
            }
            for (TensorSpec tensor : layout.all()) {
                if (!state.tensors().containsKey(tensor)) {
                    throw new CheckpointRefusedException(name, "it has no tensor " + tensor);
                }
            }
            return new Opened(state.progress(), state.tensors());
        }

        @Override
        public List<String> runs() {
            return states.values().stream()
                    .map(State::runId)
                    .distinct()
                    .sorted()
                    .toList();
        }

        @Override
        public Optional<StoredState> describe(String name) {
            State state = states.get(name);
            return state == null || state.facts() == null
                    ? Optional.empty()
                    : Optional.of(new StoredState(name, state.facts(), state.progress()));
        }

        @Override
        public List<String> names(String runId) {
            return states.entrySet().stream()
                    .filter(entry -> entry.getValue().runId().equals(runId))
                    .map(Map.Entry::getKey)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }

        @Override
        public void prune(String runId, Set<String> keep, Set<Long> keepSteps) {
            long newest = keep.stream()
                    .map(states::get)
                    .filter(state -> state != null)
                    .mapToLong(state -> state.progress().step())
                    .max()
                    .orElse(-1);
            states.entrySet().removeIf(entry -> {
                State state = entry.getValue();
                long step = state.progress().step();
                return state.runId().equals(runId)
                        && step <= newest
                        && !keep.contains(entry.getKey())
                        && !keepSteps.contains(step)
                        && !StateNames.isKept(entry.getKey());
            });
        }

        @Override
        public void release(String runId, long step) {
            StateNames.keptAt(names(runId), step).forEach(states::remove);
        }

        @Override
        public void remove(String runId) {
            states.values().removeIf(state -> state.runId().equals(runId));
        }

        @Override
        public String keepWeights(ModelShape shape, TensorSource imported, String card) throws IOException {
            Map<TensorSpec, byte[]> tensors = new LinkedHashMap<>();
            int hash = shape.hashCode();
            for (TensorSpec tensor : Networks.parameters(shape)) {
                byte[] values = bytes(imported.read(tensor));
                hash = 31 * hash + Arrays.hashCode(values);
                tensors.put(tensor, values);
            }
            String name = "%08x".formatted(hash);
            weights.put(name, new Weights(shape, tensors, card));
            return name;
        }

        @Override
        public Optional<String> cardOf(String name) {
            return Optional.ofNullable(weights.get(name)).map(Weights::card);
        }

        @Override
        public SavedState openWeights(String name, ModelShape shape) throws CheckpointRefusedException {
            Weights kept = weights.get(name);
            if (kept == null || !kept.shape().equals(shape)) {
                throw new CheckpointRefusedException(name, "there are no such weights of " + shape);
            }
            return new Opened(RunProgress.START, kept.tensors());
        }
    }

    private static byte[] bytes(ByteBuffer values) {
        byte[] bytes = new byte[values.remaining()];
        values.get(bytes);
        return bytes;
    }

    private record Opened(RunProgress progress, Map<TensorSpec, byte[]> tensors) implements SavedState {
        /** Moments that were not kept are zero, as those of a run before its first step. */
        @Override
        public ByteBuffer read(TensorSpec tensor) {
            byte[] bytes = tensors.getOrDefault(tensor, new byte[Math.toIntExact(tensor.bytes())]);
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void close() {}
    }
}
