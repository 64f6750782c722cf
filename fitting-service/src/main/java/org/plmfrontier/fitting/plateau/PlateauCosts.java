package org.plmfrontier.fitting.plateau;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Plateau;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.regression.PolynomialFit;

/**
 * The FLOPs that runs need to reach a share of their plateau, as a polynomial of N (Serrano et al. 2024, Figure 3), and the
 * size for which a budget just reaches it (Table 2). The paper quotes sizes a thousandfold outside of what it trained, where
 * its straight line gives negative FLOPs; here a size further than a factor {@value #FURTHEST} outside is refused.
 *
 * @param share 0.90, 0.95 or 1 of the way to the plateau
 * @param smallest N
 * @param largest N
 * @param line FLOPs over N, a straight line
 * @param parabola FLOPs over N, of second degree; not identifiable with three sizes or fewer
 */
public record PlateauCosts(
        double share, double smallest, double largest, PolynomialFit line, FitOutcome<PolynomialFit> parabola) {
    /** How far outside the sizes that reached the plateau a size is quoted. */
    public static final double FURTHEST = 2;

    /** Three fits, for 90, 95 and 100 % of the plateau. Not identifiable with fewer than three sizes at a plateau. */
    public static FitOutcome<List<PlateauCosts>> of(List<RunVerdict> runs) {
        List<RunVerdict> plateaus =
                runs.stream().filter(r -> r.verdict() instanceof Plateau).toList();
        return fit(plateaus, 0.90, Plateau::flopsTo90)
                .flatMap(a -> fit(plateaus, 0.95, Plateau::flopsTo95)
                        .flatMap(b -> fit(plateaus, 1.0, Plateau::flopsTo100).map(c -> List.of(a, b, c))));
    }

    private static FitOutcome<PlateauCosts> fit(
            List<RunVerdict> plateaus, double share, ToDoubleFunction<Plateau> flops) {
        double[] n = plateaus.stream().mapToDouble(RunVerdict::parameters).toArray();
        double[] c = plateaus.stream()
                .mapToDouble(r -> flops.applyAsDouble((Plateau) r.verdict()))
                .toArray();
        return PolynomialFit.of(n, c, 1)
                .map(line -> new PlateauCosts(
                        share,
                        plateaus.stream()
                                .mapToDouble(RunVerdict::parameters)
                                .min()
                                .orElseThrow(),
                        plateaus.stream()
                                .mapToDouble(RunVerdict::parameters)
                                .max()
                                .orElseThrow(),
                        line,
                        PolynomialFit.of(n, c, 2)));
    }

    /**
     * The size whose straight line reaches the budget, Table 2 of the paper. Not identifiable where the slope's interval
     * holds 0, for then every size costs the same, or where the size or an end of its interval lies too far outside.
     */
    public FitOutcome<Estimate> sizeFor(double budgetFlops, double level) {
        Estimate slope = line.coefficient(1, level);
        if (slope.covers(0)) {
            return FitOutcome.notIdentifiable(
                    "the FLOPs to the plateau do not depend on N: the slope's interval reaches from " + slope.low()
                            + " to " + slope.high() + " FLOPs per parameter");
        }
        return line.inverse(budgetFlops, level).flatMap(this::notExtrapolated);
    }

    private FitOutcome<Estimate> notExtrapolated(Estimate size) {
        boolean near = size.low() >= smallest / FURTHEST && size.high() <= largest * FURTHEST;
        return near
                ? FitOutcome.fitted(size)
                : FitOutcome.notIdentifiable("the size would lie between " + size.low() + " and " + size.high()
                        + " parameters, more than a factor " + FURTHEST + " outside the sizes at a plateau, " + smallest
                        + " to " + largest);
    }
}
