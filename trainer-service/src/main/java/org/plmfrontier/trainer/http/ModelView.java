package org.plmfrontier.trainer.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.trainer.checkpoint.StoredState;

/**
 * A run's newest state, as {@code GET /models} shows it.
 *
 * @param budgets token budgets of the run; those that are reached can be asked for
 */
record ModelView(
        String runId,
        String studyId,
        String name,
        String family,
        long step,
        long tokens,
        double computeFlops,
        @Nullable Double trainingNats,
        @Nullable Double heldOutNats,
        @Nullable LossParts heldOutParts,
        List<Double> budgets,
        String corpus,
        String checkpoint,
        String at) {
    static ModelView of(StoredState state) {
        RunSpec run = state.facts().run();
        return new ModelView(
                run.runId(),
                run.studyId(),
                run.name(),
                run.shape().family().toString(),
                state.progress().step(),
                state.progress().tokens(),
                state.progress().computeFlops(),
                state.facts().trainingNats(),
                state.facts().heldOutNats(),
                state.facts().heldOutParts(),
                run.budgets().stream().map(RunSpec.Budget::tokens).toList(),
                run.corpus().id(),
                state.name(),
                state.facts().at().toString());
    }
}
