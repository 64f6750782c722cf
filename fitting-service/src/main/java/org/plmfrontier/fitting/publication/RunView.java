package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.StateChange;
import org.plmfrontier.fitting.study.Throughput;

/**
 * One run.
 *
 * @param identity which run it is
 * @param status its state
 * @param progress how far it is
 * @param losses what it has reached
 * @param latest what its latest step and the latest fit say
 * @param plan what people compare of its recipe; null of imported runs
 */
public record RunView(
        @JsonUnwrapped Identity identity,
        @JsonUnwrapped Status status,
        @JsonUnwrapped Progress progress,
        @JsonUnwrapped Losses losses,
        @JsonUnwrapped Latest latest,
        @Nullable Plan plan) {

    /**
     * Which run it is.
     *
     * @param family what the run is fitted together with
     * @param shape null for imported runs
     * @param size N of the fits
     */
    public record Identity(
            String runId,
            String name,
            String family,
            @Nullable ModelShape shape,
            double size,
            SizeView parameters) {
        static Identity of(Run run) {
            return new Identity(
                    run.runId(),
                    run.name(),
                    run.family(),
                    run.spec().map(RunSpec::shape).orElse(null),
                    run.parameters(),
                    SizeView.of(run));
        }
    }

    /**
     * The state of a run.
     *
     * @param stateReason why it is in its state; empty where the state says it all
     */
    public record Status(RunState state, String stateReason) {
        static Status of(Run run) {
            return new Status(run.state(), run.change().map(StateChange::reason).orElse(""));
        }
    }

    /**
     * How far a run is.
     *
     * @param budgetTokens tokens after which the run ends
     */
    public record Progress(long step, double tokens, double budgetTokens, double computeFlops, double expectedFlops) {
        static Progress of(Run run) {
            return new Progress(run.step(), run.tokens(), run.budgetTokens(), run.computeFlops(), run.expectedFlops());
        }
    }

    /**
     * What a run has reached.
     *
     * @param lossNats smoothed training loss at the last step; null before it can be smoothed
     * @param heldOutNats latest held-out loss; null before the first budget ends
     * @param heldOutParts the same by what the model saw; null of causal families, imported runs and evaluations of old
     */
    public record Losses(
            @Nullable Double lossNats,
            @Nullable Double heldOutNats,
            @Nullable LossParts heldOutParts) {
        static Losses of(Run run, Optional<RunFit> fit) {
            Optional<FinalPoint> latest = run.curve().finals().stream().reduce((early, late) -> late);
            return new Losses(
                    fit.flatMap(RunFit::currentLossNats).orElse(null),
                    latest.map(FinalPoint::lossNats).orElse(null),
                    latest.map(FinalPoint::parts).orElse(null));
        }
    }

    /**
     * What its latest step and the latest fit say.
     *
     * @param tokensPerSecond null unless the run trains
     * @param plateau null before the first fit
     * @param updatedAt when its latest step was done; null before the first
     */
    public record Latest(
            @Nullable Double tokensPerSecond,
            @Nullable PlateauView plateau,
            @Nullable Instant updatedAt) {
        static Latest of(Run run, Optional<RunFit> fit) {
            return new Latest(
                    run.tokensPerSecond().orElse(null),
                    fit.map(known -> PlateauView.of(known.verdict())).orElse(null),
                    run.throughput().map(Throughput::at).orElse(null));
        }
    }

    /**
     * In what runs of a study differ beside their size.
     *
     * @param recipe its name
     * @param peakLearningRate the highest rate of its schedule
     * @param seed of first weights and masks
     * @param epochTokens training tokens of the corpus: so many are one epoch
     */
    public record Plan(String recipe, double peakLearningRate, long seed, double epochTokens) {
        static Plan of(RunSpec spec) {
            Recipe recipe = spec.recipe();
            return new Plan(
                    recipe.name(),
                    recipe.schedule().peakLearningRate(),
                    recipe.seed(),
                    spec.corpus().tokens());
        }
    }

    static RunView of(Run run, Optional<RunFit> fit) {
        return new RunView(
                Identity.of(run),
                Status.of(run),
                Progress.of(run),
                Losses.of(run, fit),
                Latest.of(run, fit),
                run.spec().map(Plan::of).orElse(null));
    }
}
