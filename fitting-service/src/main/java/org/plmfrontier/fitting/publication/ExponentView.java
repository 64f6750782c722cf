package org.plmfrontier.fitting.publication;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.frontier.Agreement;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * One exponent of the frontier by all methods, and what they say together.
 *
 * @param outcome FITTED where at least two methods answer and one value lies in the intervals of all
 * @param reason why there is no common answer; null where there is one
 * @param together mean of the methods' values with the hull of their intervals; null where they disagree or fewer than two
 *     answer
 * @param byMethod the answers, approach 1 first; empty while no method answers
 */
public record ExponentView(
        String outcome, @Nullable String reason, @Nullable Estimate together, Map<String, Estimate> byMethod) {

    /**
     * The exponents of N_opt and D_opt.
     *
     * @param a of N_opt ~ C^a
     * @param b of D_opt ~ C^b
     */
    public record Exponents(ExponentView a, ExponentView b) {
        static Exponents of(List<FitView> fits) {
            return new Exponents(
                    ExponentView.of("a", fits, FitView::exponentOfSize),
                    ExponentView.of("b", fits, FitView::exponentOfTokens));
        }
    }

    private static ExponentView of(String name, List<FitView> fits, Function<FitView, @Nullable Estimate> exponent) {
        Map<String, Estimate> answers = new LinkedHashMap<>();
        for (FitView fit : fits) {
            Estimate answer = exponent.apply(fit);
            if (answer != null) {
                answers.put(fit.method(), answer);
            }
        }
        Agreement agreement = Agreement.on(name, answers);
        return new ExponentView(
                Outcomes.name(agreement.together()),
                Outcomes.reason(agreement.together()),
                agreement.together().result().orElse(null),
                agreement.answers());
    }
}
