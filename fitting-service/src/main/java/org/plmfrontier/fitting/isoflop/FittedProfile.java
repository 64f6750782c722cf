package org.plmfrontier.fitting.isoflop;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * A budget's models and the parabola through them. The arrays are not to be changed.
 *
 * @param run [n] the run of each model
 * @param lnN [n] ascending
 * @param lnD [n]
 * @param loss [n] nats
 */
record FittedProfile(double budgetFlops, String[] run, double[] lnN, double[] lnD, double[] loss, Parabola parabola) {
    /** A vertex further beyond the smallest or largest N than this share of their distance is an extrapolation. */
    static final double BEYOND = 0.1;

    static FitOutcome<FittedProfile> of(IsoFlopProfile profile) {
        if (profile.sizes() < 3) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "the budget of %.4g FLOPs has %d sizes, a parabola needs three",
                    profile.budgetFlops(),
                    profile.sizes()));
        }
        List<IsoFlopPoint> points = profile.points();
        String[] run = points.stream().map(IsoFlopPoint::run).toArray(String[]::new);
        double[] lnN =
                points.stream().mapToDouble(p -> Math.log(p.parameters())).toArray();
        double[] lnD = points.stream().mapToDouble(p -> Math.log(p.tokens())).toArray();
        double[] loss = points.stream().mapToDouble(IsoFlopPoint::lossNats).toArray();
        return Parabola.through(lnN, loss)
                .map(p -> new FittedProfile(profile.budgetFlops(), run, lnN, lnD, loss, p))
                .flatMap(FittedProfile::notExtrapolated);
    }

    private FitOutcome<FittedProfile> notExtrapolated() {
        double reach = BEYOND * (largest() - smallest());
        boolean inside = parabola.lnVertex() >= smallest() - reach && parabola.lnVertex() <= largest() + reach;
        return inside
                ? FitOutcome.fitted(this)
                : FitOutcome.notIdentifiable(String.format(
                        Locale.ROOT,
                        "the vertex at the budget of %.4g FLOPs, N = %.4g, lies outside the sizes tried, %.4g to %.4g",
                        budgetFlops,
                        Math.exp(parabola.lnVertex()),
                        Math.exp(smallest()),
                        Math.exp(largest())));
    }

    double smallest() {
        return lnN[0];
    }

    double largest() {
        return lnN[lnN.length - 1];
    }

    int degreesOfFreedom() {
        return lnN.length - 3;
    }

    /**
     * The same models with other errors on the fitted losses; not identifiable where they turn the parabola over. A vertex that
     * they drive beyond the sizes tried is one all the same: without such vertices the others would look more certain than they are.
     *
     * @param errorNats each run's error
     */
    FitOutcome<FittedProfile> perturbed(ToDoubleFunction<String> errorNats) {
        double[] noisy = new double[loss.length];
        for (int i = 0; i < noisy.length; i++) {
            double x = lnN[i] - parabola.lnVertex();
            noisy[i] = parabola.bottom() + parabola.curvature() * x * x + errorNats.applyAsDouble(run[i]);
        }
        return Parabola.through(lnN, noisy).map(p -> new FittedProfile(budgetFlops, run, lnN, lnD, noisy, p));
    }

    /** ln D at the vertex, linear in ln N between and beyond the models. */
    double lnTokensAtVertex() {
        int i = 0;
        while (i < lnN.length - 2 && lnN[i + 1] < parabola.lnVertex()) {
            i++;
        }
        int j = i + 1;
        while (j < lnN.length - 1 && lnN[j] == lnN[i]) {
            j++;
        }
        while (i > 0 && lnN[i] == lnN[j]) {
            i--;
        }
        return lnD[i] + (lnD[j] - lnD[i]) * (parabola.lnVertex() - lnN[i]) / (lnN[j] - lnN[i]);
    }
}
