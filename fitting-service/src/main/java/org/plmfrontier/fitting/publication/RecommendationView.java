package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.frontier.Consensus;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What size and how many tokens for a budget, by each method.
 *
 * @param first the word of approach 1
 * @param all the word of all methods
 */
public record RecommendationView(
        String study,
        String family,
        double budgetFlops,
        @JsonUnwrapped First first,
        @JsonUnwrapped All all) {

    /**
     * What approach 1 recommends.
     *
     * @param method approach 1
     * @param outcome FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED
     * @param reason why there is no recommendation; null where there is one
     * @param point null where there is none
     */
    public record First(
            String method,
            Convention convention,
            String outcome,
            @Nullable String reason,
            FrontierView.@Nullable Point point) {
        private static First of(ByMethod one, Convention convention) {
            return new First(one.method(), convention, one.outcome(), one.reason(), one.point());
        }
    }

    /**
     * What all methods recommend.
     *
     * @param methods every method, approach 1 among them
     * @param consensus of the methods that answer, only if they agree
     * @param note says so where the budget lies outside what was trained; null inside
     */
    public record All(
            List<ByMethod> methods,
            ConsensusView consensus,
            @Nullable String note) {}

    /** How far outside what was trained a budget is answered at all; each method has its own, nearer limit. */
    public static final double FURTHEST = 100;

    /**
     * One method's word.
     *
     * @param extrapolated whether the budget lies outside what the method was fitted on
     */
    public record ByMethod(
            String method,
            String outcome,
            @Nullable String reason,
            boolean extrapolated,
            FrontierView.@Nullable Point point) {}

    /** The recommendation of the latest fit. */
    public static RecommendationView of(String study, FamilyFit family, double budgetFlops) {
        Consensus consensus = family.at(budgetFlops);
        List<ByMethod> methods = family.frontiers().entrySet().stream()
                .map(method -> byMethod(method.getKey(), method.getValue(), consensus))
                .toList();
        return new RecommendationView(
                study,
                family.family(),
                budgetFlops,
                First.of(methods.getFirst(), family.data().convention()),
                new All(
                        methods,
                        ConsensusView.of(consensus),
                        family.observed()
                                .filter(box -> !box.contains(budgetFlops))
                                .map(box -> budgetFlops + " FLOPs lie outside what was trained, " + box.minFlops()
                                        + " to " + box.maxFlops() + ": this is an extrapolation")
                                .orElse(null)));
    }

    /** Why a budget is refused: it lies too far outside what was trained. */
    public static Optional<String> refusal(FamilyFit family, double budgetFlops) {
        return family.observed()
                .filter(box -> isFar(box, budgetFlops))
                .map(box -> budgetFlops
                        + " FLOPs lie more than a factor " + FURTHEST + " outside what was trained, " + box.minFlops()
                        + " to "
                        + box.maxFlops());
    }

    private static boolean isFar(Domain box, double budgetFlops) {
        return budgetFlops > box.maxFlops() * FURTHEST || budgetFlops < box.minFlops() / FURTHEST;
    }

    private static ByMethod byMethod(String method, FitOutcome<FrontierAt> frontier, Consensus consensus) {
        FitOutcome<FrontierPoint> answer = consensus.answers().get(method);
        if (answer == null) {
            throw new IllegalStateException("the consensus leaves out " + method);
        }
        return new ByMethod(
                method,
                Outcomes.name(answer),
                Outcomes.reason(answer),
                frontier.result()
                        .map(found -> found.extrapolates(consensus.budgetFlops()))
                        .orElse(false),
                answer.result().map(FrontierView.Point::of).orElse(null));
    }
}
