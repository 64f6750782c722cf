package org.plmfrontier.fitting.publication;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.plateau.PlateauCosts;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.regression.PolynomialFit;

/**
 * FLOPs to the plateau over N, and the size whose plateau the highest observed budget just reaches (Serrano et al. 2024,
 * Figure 3 and Table 2).
 *
 * @param outcome FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED
 * @param reason null where the shares are there
 */
public record PlateauCostsView(String outcome, @Nullable String reason, List<Share> shares) {

    /**
     * One share of the way to the plateau.
     *
     * @param share 0.90, 0.95 or 1
     * @param line coefficients of a straight line, constant first
     * @param parabola coefficients of a parabola, constant first; empty with three sizes or fewer
     * @param budgetFlops the budget that a size is given for; null while nothing is observed
     * @param size null where the size is refused, and then {@code sizeReason} says why
     */
    public record Share(
            double share,
            List<Estimate> line,
            List<Estimate> parabola,
            @Nullable Double budgetFlops,
            @Nullable Estimate size,
            @Nullable String sizeReason) {}

    static PlateauCostsView of(FamilyFit family, @Nullable Domain observed, double level) {
        FitOutcome<List<PlateauCosts>> outcome = family.plateauCosts();
        Optional<Double> budget = Optional.ofNullable(observed).map(Domain::maxFlops);
        return new PlateauCostsView(
                Outcomes.name(outcome),
                Outcomes.reason(outcome),
                outcome.result().orElse(List.of()).stream()
                        .map(costs -> share(costs, budget, level))
                        .toList());
    }

    private static Share share(PlateauCosts costs, Optional<Double> budget, double level) {
        Optional<FitOutcome<Estimate>> size = budget.map(flops -> costs.sizeFor(flops, level));
        return new Share(
                costs.share(),
                coefficients(costs.line(), level),
                costs.parabola()
                        .result()
                        .map(parabola -> coefficients(parabola, level))
                        .orElse(List.of()),
                budget.orElse(null),
                size.flatMap(FitOutcome::result).orElse(null),
                size.map(Outcomes::reason).orElse(null));
    }

    private static List<Estimate> coefficients(PolynomialFit fit, double level) {
        return IntStream.range(0, fit.coefficients().length)
                .mapToObj(power -> fit.coefficient(power, level))
                .toList();
    }
}
