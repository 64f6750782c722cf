package org.plmfrontier.trainer.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.StoredState;
import org.plmfrontier.trainer.family.Networks;

/** The models in a store, by what their states say of themselves. Thread-safe where the store is. */
public final class TrainedModels {
    private final CheckpointStore store;

    public TrainedModels(CheckpointStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** The newest state of each run. */
    public List<StoredState> newest() throws IOException {
        List<StoredState> newest = new ArrayList<>();
        for (String run : store.runs()) {
            for (String name : store.names(run)) {
                Optional<StoredState> state = store.describe(name);
                if (state.isPresent()) {
                    newest.add(state.get());
                    break;
                }
            }
        }
        return newest;
    }

    /**
     * Opens a run's newest state that is whole.
     *
     * @param budgetTokens the state at the end of this budget; null for the newest of all
     * @throws NoSuchModelException where there is none, with the reason
     */
    public OpenModel open(String runId, @Nullable Double budgetTokens) throws IOException, NoSuchModelException {
        return open(
                runId,
                state -> isAtEnd(state, budgetTokens),
                budgetTokens == null ? "" : " at the end of a budget of " + budgetTokens + " tokens");
    }

    /**
     * Opens the state of a run that has seen so many training records.
     *
     * @throws NoSuchModelException where there is none, with the reason
     */
    public OpenModel openAt(String runId, long record) throws IOException, NoSuchModelException {
        return open(runId, state -> state.progress().position() == record, " at record " + record);
    }

    /** Deletes the states of a run at a step that were kept for evaluations alone. */
    public void release(String runId, long step) throws IOException {
        store.release(runId, step);
    }

    private OpenModel open(String runId, Predicate<StoredState> isWanted, String wanted)
            throws IOException, NoSuchModelException {
        String refusal = "";
        for (String name : store.names(runId)) {
            Optional<StoredState> about = store.describe(name).filter(isWanted);
            if (about.isPresent()) {
                RunSpec run = about.get().facts().run();
                try {
                    return new OpenModel(about.get(), store.open(name, runId, Networks.state(run.shape())));
                } catch (CheckpointRefusedException e) {
                    refusal = "; " + e.getMessage();
                }
            }
        }
        throw new NoSuchModelException("there is no state of run " + runId + wanted + refusal, refusal.isEmpty());
    }

    private static boolean isAtEnd(StoredState state, @Nullable Double budgetTokens) {
        return budgetTokens == null
                || state.facts().run().budgets().stream()
                        .anyMatch(budget -> budget.tokens() == budgetTokens
                                && budget.endRecord() == state.progress().position());
    }
}
