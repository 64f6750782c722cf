package org.plmfrontier.fitting.publication;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.study.Pulse;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.StateChange;

/**
 * One run.
 *
 * @param family what the run is fitted together with
 * @param shape null for imported runs
 * @param size N of the fits
 * @param stateReason why it is in its state; empty where the state says it all
 * @param budgetTokens tokens after which the run ends
 * @param lossNats smoothed training loss at the last step; null before it can be smoothed
 * @param heldOutNats latest held-out loss; null before the first budget ends
 * @param heldOutParts the same by what the model saw; null of causal families, imported runs and evaluations of old
 * @param tokensPerSecond null unless the run trains
 * @param plateau null before the first fit
 * @param updatedAt when its latest step was done; null before the first
 */
public record RunSheet(
        String runId,
        String name,
        String family,
        @Nullable ModelShape shape,
        double size,
        SizeSheet parameters,
        RunState state,
        String stateReason,
        long step,
        double tokens,
        double budgetTokens,
        double computeFlops,
        double expectedFlops,
        @Nullable Double lossNats,
        @Nullable Double heldOutNats,
        @Nullable LossParts heldOutParts,
        @Nullable Double tokensPerSecond,
        @Nullable PlateauSheet plateau,
        @Nullable Instant updatedAt) {

    static RunSheet of(Run run, Optional<RunFit> fit) {
        Optional<FinalPoint> latest = run.curve().finals().stream().reduce((early, late) -> late);
        return new RunSheet(
                run.runId(),
                run.name(),
                run.family(),
                run.spec().map(RunSpec::shape).orElse(null),
                run.parameters(),
                SizeSheet.of(run),
                run.state(),
                run.change().map(StateChange::reason).orElse(""),
                run.step(),
                run.tokens(),
                run.budgetTokens(),
                run.computeFlops(),
                run.expectedFlops(),
                fit.flatMap(RunFit::currentLossNats).orElse(null),
                latest.map(FinalPoint::lossNats).orElse(null),
                latest.map(FinalPoint::parts).orElse(null),
                run.tokensPerSecond().orElse(null),
                fit.map(known -> PlateauSheet.of(known.verdict())).orElse(null),
                run.pulse().map(Pulse::at).orElse(null));
    }
}
