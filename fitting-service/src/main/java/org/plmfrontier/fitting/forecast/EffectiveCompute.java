package org.plmfrontier.fitting.forecast;

import java.util.Locale;
import java.util.Objects;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * How many times the compute one study needs for the loss that another reaches, each with its best size: the difference between
 * two recipes, families or corpora in one number. Each study has laws and floors of its own, and the factor is that at one loss:
 * where the floors differ it changes with the loss. Both are judged on losses that must be comparable: of the same held-out set under
 * the same masks.
 *
 * @param computeFlops of the other study, 6 N D
 * @param lossNats that it reaches there
 * @param factor compute of this study at that loss over {@code computeFlops}; above 1 where the other one is better
 * @param beyond compute of this study at that loss over the most that it was trained with; above 1 it is extrapolated
 */
public record EffectiveCompute(double computeFlops, Estimate lossNats, Estimate factor, double beyond) {
    private static final double STEP = 0.05;
    /** As far is searched, in e-folds of compute to either side. */
    private static final double REACH = Math.log(Forecaster.FURTHEST);

    private static final int HALVINGS = 20;

    public EffectiveCompute {
        Objects.requireNonNull(lossNats, "lossNats");
        Objects.requireNonNull(factor, "factor");
    }

    /**
     * The factor. Not identifiable where the loss of this study does not reach the other's within a factor of 10,000, or does not
     * fall there beyond what its interval leaves open.
     *
     * @param computeFlops of the other study
     */
    public static FitOutcome<EffectiveCompute> of(Forecaster study, Forecaster other, double computeFlops) {
        Forecast reached = other.leastLoss(computeFlops);
        double target = reached.lossNats();
        double from = Math.log(computeFlops);
        double low = from - REACH;
        double high = from + REACH;
        if (lossAt(study, low) < target || lossAt(study, high) > target) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "between %.3g and %.3g FLOPs the loss of the study falls from %.4g to %.4g nats and does not meet the %.4g"
                            + " nats that the other one reaches with %.3g",
                    Math.exp(low),
                    Math.exp(high),
                    lossAt(study, low),
                    lossAt(study, high),
                    target,
                    computeFlops));
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (lossAt(study, middle) > target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double met = (low + high) / 2;
        double slope = (Math.log(lossAt(study, met - STEP)) - Math.log(lossAt(study, met + STEP))) / (2 * STEP);
        Forecast own = study.leastLoss(Math.exp(met));
        double half = Math.hypot(lnHalf(own), lnHalf(reached)) / slope;
        if (!(slope > 0) || half > REACH) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "at %.3g FLOPs the loss of the study is %.4g [%.4g, %.4g] nats and falls by %.2g %% per e-fold of compute: that"
                            + " tells no factor",
                    Math.exp(met),
                    own.lossNats(),
                    own.low(),
                    own.high(),
                    100 * slope));
        }
        double ln = met - from;
        return FitOutcome.fitted(new EffectiveCompute(
                computeFlops,
                new Estimate(target, reached.low(), reached.high(), Forecaster.LEVEL),
                new Estimate(Math.exp(ln), Math.exp(ln - half), Math.exp(ln + half), Forecaster.LEVEL),
                Math.exp(met) / study.mostComputeFlops()));
    }

    private static double lossAt(Forecaster study, double lnCompute) {
        return study.leastLoss(Math.exp(lnCompute)).lossNats();
    }

    private static double lnHalf(Forecast forecast) {
        return 0.5 * Math.log(forecast.high() / forecast.low());
    }
}
