package org.plmfrontier.fitting.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.PowerLaw;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.DrawnShare;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.Purpose;

/**
 * A power law through points, by least squares in logarithms, with intervals from points drawn with replacement. Numbers are
 * taken to be rounded to three digits: no interval is narrower than that leaves it, not even of points on a line.
 */
public final class ResampledPowerLaw {
    private static final int FEWEST = 3;
    /** Standard deviation of the logarithm of a number that is rounded to three digits. */
    private static final double ROUNDING = 0.005 / Math.sqrt(12);

    private final PowerLaw law;
    private final List<PowerLaw> resampled;
    private final Bootstrap bootstrap;
    private final int points;
    private final double meanLnX;
    private final double squaresLnX;

    private ResampledPowerLaw(PowerLaw law, List<PowerLaw> resampled, Bootstrap bootstrap, double[] x) {
        this.law = Objects.requireNonNull(law, "law");
        this.resampled = List.copyOf(resampled);
        this.bootstrap = bootstrap;
        points = x.length;
        meanLnX = Arrays.stream(x).map(Math::log).average().orElseThrow();
        squaresLnX = Arrays.stream(x)
                .map(value -> (Math.log(value) - meanLnX) * (Math.log(value) - meanLnX))
                .sum();
    }

    /**
     * Fits points. Not identifiable without three different abscissae, in the points and in the resamples two.
     *
     * @param x [n] positive
     * @param y [n] positive
     */
    public static FitOutcome<ResampledPowerLaw> through(double[] x, double[] y, Bootstrap bootstrap) {
        long different = Arrays.stream(x).distinct().count();
        if (different < FEWEST) {
            return FitOutcome.notIdentifiable(
                    "a power law with an interval needs three different abscissae, there are " + different);
        }
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.POWER_LAW, x.length);
        List<PowerLaw> resampled = new ArrayList<>();
        for (int k = 0; k < bootstrap.resamples(); k++) {
            SplittableRandom random = sampler.generator(k);
            int[] counts = sampler.counts(random);
            PowerLawFit fit = new PowerLawFit();
            for (int i = 0; i < x.length; i++) {
                if (counts[i] > 0) {
                    fit.add(Math.log(x[i]), Math.log(y[i]), counts[i]);
                }
            }
            fit.law().result().ifPresent(resampled::add);
        }
        DrawnShare share = new DrawnShare(resampled.size(), bootstrap.resamples());
        if (!share.bounds(bootstrap.level())) {
            return FitOutcome.notIdentifiable(share.reason(bootstrap.level(), "have one abscissa alone"));
        }
        return PowerLawFit.through(x, y).map(law -> new ResampledPowerLaw(law, resampled, bootstrap, x));
    }

    /** The point estimate. */
    public PowerLaw law() {
        return law;
    }

    /** The exponent with its interval. */
    public Estimate exponent() {
        return estimate(PowerLaw::exponent, ROUNDING / Math.sqrt(squaresLnX));
    }

    /** The law's value at x with its interval. */
    public Estimate at(double x) {
        double distance = Math.log(x) - meanLnX;
        double rounding = ROUNDING * Math.sqrt(1.0 / points + distance * distance / squaresLnX);
        Estimate ln = estimate(each -> each.lnCoefficient() + each.exponent() * Math.log(x), rounding);
        return new Estimate(Math.exp(ln.value()), Math.exp(ln.low()), Math.exp(ln.high()), ln.level());
    }

    /** Whether the points lie on the law but for rounding, as those of a formula do. */
    public boolean isExact() {
        double least = 2 * ROUNDING / Math.sqrt(squaresLnX);
        return exponent().width() <= least * quantile();
    }

    private Estimate estimate(ToDoubleFunction<PowerLaw> quantity, double rounding) {
        double value = quantity.applyAsDouble(law);
        double[] values = resampled.stream().mapToDouble(quantity).toArray();
        Estimate drawn = PercentileInterval.expanded(value, values, bootstrap.resamples(), bootstrap.level(), points);
        double half = quantile() * rounding;
        return new Estimate(
                value, Math.min(drawn.low(), value - half), Math.max(drawn.high(), value + half), drawn.level());
    }

    private double quantile() {
        return new NormalDistribution().inverseCumulativeProbability(0.5 * (1 + bootstrap.level()));
    }
}
