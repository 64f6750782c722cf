package org.plmfrontier.fitting.resample;

import java.util.Arrays;
import org.plmfrontier.fitting.quantity.Estimate;

/** Percentile intervals (Efron and Tibshirani 1993, section 13.3). */
public final class PercentileInterval {
    private PercentileInterval() {}

    /**
     * The central interval of the resampled values, widened where needed to hold the point estimate.
     *
     * @param value point estimate
     * @param resampled values of the resamples, all finite, at least one
     */
    public static Estimate of(double value, double[] resampled, double level) {
        double[] sorted = resampled.clone();
        Arrays.sort(sorted);
        double tail = 0.5 * (1 - level);
        return new Estimate(
                value, Math.min(value, quantile(sorted, tail)), Math.max(value, quantile(sorted, 1 - tail)), level);
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
