package org.plmfrontier.trainer.ranking;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.contracts.random.SplitMix64;

/**
 * Resampling with replacement (Efron 1979), the same draws for the same seed. An interval is that of the 2.5 % and 97.5 %
 * percentiles.
 *
 * @param seed of the draws
 * @param resamples how many
 */
public record Bootstrap(long seed, int resamples) {
    /** Resamples of an evaluation's intervals. */
    public static final int USUAL = 1000;

    private static final double TAIL = 0.025;

    public Bootstrap {
        if (resamples <= 0) {
            throw new IllegalArgumentException("resamples must be positive, got " + resamples);
        }
    }

    /** A thousand resamples. */
    public Bootstrap(long seed) {
        this(seed, USUAL);
    }

    /**
     * A statistic of each resample.
     *
     * @param size how many things there are
     * @param statistic of how often each thing was drawn [size]; the array is used again. NaN where it has no value
     * @return [resamples]
     * @throws CancellationException where the thread is interrupted
     */
    public double[] replicates(int size, ToDoubleFunction<int[]> statistic) {
        double[] values = new double[resamples];
        int[] counts = new int[size];
        for (int resample = 0; resample < resamples; resample++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the measure was given up at resample " + resample);
            }
            SplitMix64 random = SplitMix64.at(seed, resample);
            Arrays.fill(counts, 0);
            for (int i = 0; i < size; i++) {
                counts[random.nextInt(size)]++;
            }
            values[resample] = statistic.applyAsDouble(counts);
        }
        return values;
    }

    /** The interval of replicates; empty where more than half have no value. */
    public static Optional<Interval> interval(double[] replicates) {
        double[] sorted =
                Arrays.stream(replicates).filter(Double::isFinite).sorted().toArray();
        if (2 * sorted.length <= replicates.length) {
            return Optional.empty();
        }
        return Optional.of(new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL)));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int lower = (int) place;
        double above = sorted[Math.min(sorted.length - 1, lower + 1)];
        return sorted[lower] + (place - lower) * (above - sorted[lower]);
    }
}
