package org.plmfrontier.fitting.forecast;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What is usually done: Hoffmann's law, all losses alike, and an interval from the noise and the parameters' covariance. It takes
 * the law for true, so it does not hold the future; it is here for comparison.
 */
public final class PlainIntervals implements LossPredictor {
    private static final double QUANTILE =
            new NormalDistribution().inverseCumulativeProbability((1 + Forecaster.LEVEL) / 2);

    private final LawFit fit;
    private final double lnMostCompute;

    private PlainIntervals(LawFit fit, double lnMostCompute) {
        this.fit = fit;
        this.lnMostCompute = lnMostCompute;
    }

    public static PlainIntervals of(Losses losses) {
        return new PlainIntervals(LawFit.ofAllAlike(LossLaw.HOFFMANN, losses), losses.lnMostCompute());
    }

    @Override
    public Forecast at(double parameters, double tokens) {
        double x = Math.log(parameters);
        double y = Math.log(tokens);
        double mean = fit.lnLoss(x, y);
        double half = QUANTILE * Math.sqrt(fit.variance(x, y) + fit.noise() * fit.noise());
        return Forecast.of(mean, half, Math.log(6) + x + y - lnMostCompute);
    }
}
