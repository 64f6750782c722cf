package org.plmfrontier.fitting.resample;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.plmfrontier.fitting.quantity.Estimate;

/** Percentile intervals (Efron and Tibshirani 1993, section 13.3). */
public final class PercentileInterval {
    /** Level of the range of all resamples. */
    private static final double WIDEST = 1 - 1e-12;

    private PercentileInterval() {}

    /**
     * The central interval of the resampled values, widened where needed to hold the point estimate.
     *
     * @param value point estimate
     * @param resampled values of the resamples, all finite, at least one
     */
    public static Estimate of(double value, double[] resampled, double level) {
        return of(value, resampled, resampled.length, level);
    }

    /**
     * As the other one, where some resamples gave no number.
     *
     * @param tried resamples drawn, of which {@link DrawnShare} lets enough be determined
     */
    public static Estimate of(double value, double[] resampled, int tried, double level) {
        double[] sorted = resampled.clone();
        Arrays.sort(sorted);
        double tail = new DrawnShare(sorted.length, tried).tail(0.5 * (1 - level));
        return new Estimate(
                value, Math.min(value, quantile(sorted, tail)), Math.max(value, quantile(sorted, 1 - tail)), level);
    }

    /**
     * The expanded percentile interval: as {@link #of}, at the level whose normal quantile is
     * {@code t sqrt(n / (n - 1))}, t being Student's quantile at n - 1 degrees of freedom. Resamples of n blocks vary too
     * little by the root and their tails are normal instead of Student's (Hesterberg, The American Statistician 69, 2015,
     * section 5.3).
     *
     * @param blocks number n of blocks that were drawn from, at least 2; fewer than 2 leave the level as it is
     */
    public static Estimate expanded(double value, double[] resampled, double level, int blocks) {
        return expanded(value, resampled, resampled.length, level, blocks);
    }

    /**
     * As the other one, where some resamples gave no number.
     *
     * @param tried resamples drawn, of which {@link DrawnShare} lets enough be determined
     */
    public static Estimate expanded(double value, double[] resampled, int tried, double level, int blocks) {
        if (blocks < 2) {
            return of(value, resampled, tried, level);
        }
        Estimate wide = of(value, resampled, tried, expanded(level, blocks));
        return new Estimate(value, wide.low(), wide.high(), level);
    }

    /**
     * The symmetric interval (Hall, Journal of the Royal Statistical Society B 50, 1988): as far on either side as the share
     * {@code level} of the resamples lies from the point estimate, at the level of {@link #expanded}. Where resamples lie off
     * the estimate on the side on which the estimate lies off the truth, as with absolute residuals and few runs, it covers
     * and the percentile interval does not.
     */
    public static Estimate symmetric(double value, double[] resampled, double level, int blocks) {
        double[] distance = Arrays.stream(resampled)
                .map(resample -> Math.abs(resample - value))
                .sorted()
                .toArray();
        double half = quantile(distance, blocks < 2 ? level : expanded(level, blocks));
        return new Estimate(value, value - half, value + half, level);
    }

    /**
     * The basic interval: the resamples mirrored at what was found, for a quantity that is biased, with their mirrored median
     * as its value.
     *
     * @param found the quantity on the data themselves
     * @param resampled values of the resamples, all finite, at least one
     * @param tried resamples drawn, of which {@link DrawnShare} lets enough be determined
     */
    public static Estimate basic(double found, double[] resampled, int tried, double level) {
        double[] mirrored = Arrays.stream(resampled)
                .map(value -> 2 * found - value)
                .sorted()
                .toArray();
        return of(quantile(mirrored, 0.5), mirrored, tried, level);
    }

    private static double expanded(double level, int blocks) {
        double t = new TDistribution(blocks - 1).inverseCumulativeProbability(0.5 * (1 + level));
        double wider = 2 * new NormalDistribution().cumulativeProbability(t * Math.sqrt(blocks / (blocks - 1.0))) - 1;
        return Math.min(wider, WIDEST);
    }

    /**
     * Quantile with linear interpolation between order statistics.
     *
     * @param sorted ascending, at least one
     * @param probability in [0, 1]
     */
    public static double quantile(double[] sorted, double probability) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values to take a quantile of");
        }
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
