package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.live.StudyFit;
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
        double budgetFlops,
        String method,
        Convention convention,
        String outcome,
        @Nullable String reason,
        FrontierSheet.@Nullable Point point) {

    /** The recommendation of the latest fit. */
    public static RecommendationSheet of(StudyFit fit, double budgetFlops) {
        FitOutcome<Frontier> frontier = fit.envelope()
                .flatMap(found -> EnvelopeBudgets.frontier(found, Convention.STUDY, new double[] {budgetFlops}));
        return new RecommendationSheet(
                fit.study().id(),
                budgetFlops,
                "a1",
                Convention.STUDY,
                Outcomes.name(frontier),
                Outcomes.reason(frontier),
                frontier.result()
                        .map(found -> FrontierSheet.Point.of(found.points().getFirst()))
                        .orElse(null));
    }
}
