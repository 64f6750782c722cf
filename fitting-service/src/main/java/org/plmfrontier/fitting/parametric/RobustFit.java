package org.plmfrontier.fitting.parametric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.quantity.Convergence;

/**
 * The best surface found for a set of observations.
 *
 * @param theta the form's own parameters at the minimum; not to be changed
 * @param second the best other optimum whose objective lies within 10 % of the best, if a search ended in one
 */
public record RobustFit(LossSurface surface, double[] theta, Convergence convergence, Optional<SecondBasin> second) {

    /**
     * A local optimum apart from the best.
     *
     * @param objectiveRatio its objective over the best
     */
    public record SecondBasin(LossSurface surface, double objectiveRatio) {}

    /** An objective within this factor of the best is the best. */
    public static final double NEAR = 1.01;
    /** An objective within this factor of the best is nearly as good. */
    public static final double RIVAL = 1.10;
    /** Optima whose exponents a differ by less count as one. */
    static final double SAME_A = 0.02;

    /** Says that a search has not arrived. */
    public static String unfinished(Minimum best, int starts) {
        return String.format(
                Locale.ROOT,
                "the gradient is still %.2g after %d steps from the best of %d starts",
                best.gradientNorm(),
                best.iterations(),
                starts);
    }

    static double shareAtBest(List<MultiStart.Basin> basins) {
        double bar = NEAR * basins.get(0).minimum().value();
        int all = 0;
        int near = 0;
        for (MultiStart.Basin basin : basins) {
            all += basin.starts();
            near += basin.minimum().value() <= bar ? basin.starts() : 0;
        }
        return (double) near / all;
    }

    static Optional<SecondBasin> rival(LossForm form, Centred data, List<MultiStart.Basin> basins, LossSurface best) {
        double bestValue = basins.get(0).minimum().value();
        return basins.stream()
                .map(MultiStart.Basin::minimum)
                .filter(m -> m.converged() && m.value() <= RIVAL * bestValue)
                .flatMap(m -> form.surface(m.point(), data.meanX(), data.meanY()).result().stream()
                        .filter(s -> Math.abs(s.a() - best.a()) > SAME_A)
                        .map(s -> new SecondBasin(s, m.value() / bestValue)))
                .findFirst();
    }
}
