package org.plmfrontier.dataset.http;

import java.time.Instant;
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
        return new RunView(
                run.spec().runId(),
                run.spec().name(),
                run.spec().shape(),
                ParameterCount.of(run.spec().shape()),
                run.state(),
                progress.step(),
                progress.tokens(),
                progress.computeFlops(),
                run.spec().expectedFlops(),
                run.partition(),
                progress.lastSlice(),
                run.slices(),
                progress.updatedAt(),
                Math.min(progress.tokens(), (double) run.spec().corpus().tokens()),
                progress.tokens() / run.spec().corpus().tokens());
    }
}
