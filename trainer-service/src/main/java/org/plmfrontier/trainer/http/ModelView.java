package org.plmfrontier.trainer.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.trainer.checkpoint.StoredState;

/**
 * A run's newest state, as {@code GET /models} shows it.
 *
 * @param budgets token budgets of the run; those that are reached can be asked for
 */
@StagedBuilder
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
        return ModelViewBuilder.builder()
                .runId(run.runId())
                .studyId(run.studyId())
                .name(run.name())
                .family(run.shape().family().toString())
                .step(state.progress().step())
                .tokens(state.progress().tokens())
                .computeFlops(state.progress().computeFlops())
                .budgets(run.budgets().stream().map(RunSpec.Budget::tokens).toList())
                .corpus(run.corpus().id())
                .checkpoint(state.name())
                .at(state.facts().at().toString())
                .trainingNats(state.facts().trainingNats())
                .heldOutNats(state.facts().heldOutNats())
                .heldOutParts(state.facts().heldOutParts())
                .build();
    }
}
