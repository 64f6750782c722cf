package org.plmfrontier.fitting.publication;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What size and how many tokens for a budget.
 *
 * @param outcome FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED
 * @param reason why there is no recommendation; null where there is one
 * @param point null where there is none
 */
public record RecommendationSheet(
        String study,
        String family,
        double budgetFlops,
        String method,
        Convention convention,
        String outcome,
        @Nullable String reason,
        FrontierSheet.@Nullable Point point) {

    /** The recommendation of the latest fit; empty where the budget is beyond all that any method answers for. */
    public static Optional<RecommendationSheet> of(String study, FamilyFit family, double budgetFlops) {
        Convention convention = family.data().convention();
        FitOutcome<Frontier> frontier = family.envelope()
                .flatMap(found -> EnvelopeBudgets.frontier(found, convention, new double[] {budgetFlops}));
        return Optional.of(new RecommendationSheet(
                study,
                family.family(),
                budgetFlops,
                "a1",
                convention,
                Outcomes.name(frontier),
                Outcomes.reason(frontier),
                frontier.result()
                        .map(found -> FrontierSheet.Point.of(found.points().getFirst()))
                        .orElse(null)));
    }

    /** Why a budget is refused. */
    public static String refusal(FamilyFit family, double budgetFlops) {
        return family.family() + " " + budgetFlops;
    }
}
