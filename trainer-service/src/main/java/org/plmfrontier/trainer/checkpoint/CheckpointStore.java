package org.plmfrontier.trainer.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSource;

/** Where the states of runs are kept. Several trainers share a store; names of two trainers never collide. */
public interface CheckpointStore {
    /**
     * A name for a state that is not written yet, for {@link #save(String, String, RunProgress, RunFacts, StateLayout, StateWriter)}.
     *
     * @param kept whether the state stays until it is {@linkplain #release released}; its name says so
     */
    String nameOf(String runId, RunProgress progress, boolean kept);

    /** The name of a state that goes when its run has passed it. */
    default String nameOf(String runId, RunProgress progress) {
        return nameOf(runId, progress, false);
    }

    /**
     * Keeps a state under a name that {@link #nameOf} gave; when it returns, the state survives a crash of the machine. Nothing
     * of a state that cannot be written is left, and a try whose end is not known may be repeated.
     *
     * @param facts what is to be known of the run
     */
    void save(
            String name,
            String runId,
            RunProgress progress,
            @Nullable RunFacts facts,
            StateLayout layout,
            StateWriter state)
            throws IOException;

    /**
     * Keeps a state under a name of its own.
     *
     * @return the name
     */
    default String save(String runId, RunProgress progress, StateLayout layout, StateWriter state) throws IOException {
        return save(runId, progress, null, layout, state);
    }

    /** As the other one, with what is to be known of the run. */
    default String save(
            String runId, RunProgress progress, @Nullable RunFacts facts, StateLayout layout, StateWriter state)
            throws IOException {
        String name = nameOf(runId, progress);
        save(name, runId, progress, facts, layout, state);
        return name;
    }

    /**
     * Opens a state for reading, after its checksum, run and shapes were found right.
     *
     * @throws CheckpointRefusedException where it is absent or not what it must be
     */
    SavedState open(String name, String runId, StateLayout layout) throws IOException, CheckpointRefusedException;

    /** Runs of which there are states, in the order of their ids. */
    List<String> runs() throws IOException;

    /** What a state says of itself; empty where it cannot be read or was kept without facts. */
    Optional<StoredState> describe(String name) throws IOException;

    /** Names of a run's states, latest step first. */
    List<String> names(String runId) throws IOException;

    /**
     * Deletes what the run has passed: its states up to the newest of those named, but for these, for states at the steps to be
     * kept and for those whose names say that they are kept, and unfinished files. States beyond the newest named are another trainer's and stay.
     *
     * @param keep names, at least one
     * @param keepSteps optimiser steps whose states are kept for good
     */
    void prune(String runId, Set<String> keep, Set<Long> keepSteps) throws IOException;

    /** Deletes the states of a run at a step whose names say that they are kept; nothing where there are none. */
    void release(String runId, long step) throws IOException;

    /**
     * Deletes all states of a run, those of other trainers and unfinished ones among them; nothing where there are none. Several
     * trainers may do so at once. A state that another one is writing may be there afterwards.
     */
    void remove(String runId) throws IOException;

    /**
     * Keeps imported weights, from which runs can start.
     *
     * @param card what is to be known of their origin, kept with them
     * @return a name that follows from shape and content: the same weights again have the same name
     */
    String keepWeights(ModelShape shape, TensorSource weights, String card) throws IOException;

    /** The card of imported weights; empty where they are not there or were kept without one. */
    Optional<String> cardOf(String weights) throws IOException;

    /**
     * Opens imported weights as the state of a run before its first step: moments and step count are zero.
     *
     * @throws CheckpointRefusedException where they are absent, damaged, or of another shape
     */
    SavedState openWeights(String name, ModelShape shape) throws IOException, CheckpointRefusedException;

    /** What writes a state tensor by tensor. */
    @FunctionalInterface
    interface StateWriter {
        void writeTo(TensorSink sink) throws IOException;
    }
}
