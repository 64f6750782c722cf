package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.StateChange;

/**
 * All that is held of one run but its steps.
 *
 * @param run as in the study
 * @param change its latest change of state; null before the first and of imported runs
 * @param evaluations held-out losses at the end of each budget, ascending; of an imported run the last loss alone
 * @param specification what it is trained by; null of imported runs
 */
public record RunDetails(
        @JsonUnwrapped RunView run,
        @Nullable StateChange change,
        List<FinalPoint> evaluations,
        @Nullable Specification specification) {

    /**
     * What decides each bit of a run.
     *
     * @param corpus its id
     * @param tokenBudgets where it is evaluated, ascending; the last one ends it
     * @param initialWeights null where it begins with weights drawn from the recipe's seed
     * @param hash of shape, recipe, corpus and first weights
     */
    public record Specification(
            ModelShape shape,
            Recipe recipe,
            String corpus,
            List<Double> tokenBudgets,
            @Nullable String initialWeights,
            String hash) {
        static Specification of(RunSpec plan) {
            return new Specification(
                    plan.shape(),
                    plan.recipe(),
                    plan.corpus().id(),
                    plan.budgets().stream().map(RunSpec.Budget::tokens).toList(),
                    plan.initialWeights(),
                    plan.specification());
        }
    }

    public static RunDetails of(Run run, Optional<RunFit> fit) {
        return new RunDetails(
                RunView.of(run, fit),
                run.change().orElse(null),
                CurveView.finals(run),
                run.spec().map(Specification::of).orElse(null));
    }
}
