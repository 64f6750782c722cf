package org.plmfrontier.dataset.http;

import java.time.Instant;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.dataset.study.RunProgress;
import org.plmfrontier.dataset.study.StudyRun;

/**
 * A run as REST shows it; lastSlice is -1 before the first slice is done.
 *
 * @param uniqueTokens tokens seen that were seen for the first time
 * @param epochs tokens seen in corpora
 */
@StagedBuilder
record RunView(
        String runId,
        String name,
        ModelShape shape,
        ParameterCount parameters,
        RunState state,
        long step,
        double tokens,
        double computeFlops,
        double expectedFlops,
        int partition,
        int lastSlice,
        int slices,
        Instant updatedAt,
        double uniqueTokens,
        double epochs) {
    static RunView of(StudyRun run) {
        RunProgress progress = run.progress();
        return RunViewBuilder.builder()
                .runId(run.spec().runId())
                .name(run.spec().name())
                .shape(run.spec().shape())
                .parameters(ParameterCount.of(run.spec().shape()))
                .state(run.state())
                .step(progress.step())
                .tokens(progress.tokens())
                .computeFlops(progress.computeFlops())
                .expectedFlops(run.spec().expectedFlops())
                .partition(run.partition())
                .lastSlice(progress.lastSlice())
                .slices(run.slices())
                .updatedAt(progress.updatedAt())
                .uniqueTokens(
                        Math.min(progress.tokens(), (double) run.spec().corpus().tokens()))
                .epochs(progress.tokens() / run.spec().corpus().tokens())
                .build();
    }
}
