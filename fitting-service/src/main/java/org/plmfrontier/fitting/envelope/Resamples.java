package org.plmfrontier.fitting.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.PercentileInterval;

/**
 * Fits to resampled runs: runs are drawn with replacement, and each drawn run's smoothed loss is shifted by its standard
 * error times a normal number, so that near ties between runs are not decided once for all.
 *
 * @param fits resamples that determined the laws
 * @param tried resamples drawn
 */
record Resamples(List<Resample> fits, int tried, double level) {

    /** Share of resamples that must determine the laws for an interval to be quoted. */
    static final double ENOUGH = 0.5;

    /**
     * One resample.
     *
     * @param drawn [runs] whether the run is in it
     * @param shift [runs] nats
     */
    record Resample(EnvelopeLaws laws, boolean[] drawn, double[] shift) {}

    static Resamples draw(EnvelopeGrid grid, Bootstrap bootstrap) {
        int runs = grid.curves().size();
        BlockSampler sampler = new BlockSampler(bootstrap, runs);
        List<Resample> fits = new ArrayList<>();
        for (int k = 0; k < bootstrap.resamples(); k++) {
            SplittableRandom random = sampler.generator(k);
            int[] counts = sampler.counts(random);
            boolean[] drawn = new boolean[runs];
            double[] shift = new double[runs];
            for (int run = 0; run < runs; run++) {
                drawn[run] = counts[run] > 0;
                shift[run] = grid.curves().get(run).standardErrorNats() * random.nextGaussian();
            }
            EnvelopeLaws.through(grid, grid.winners(drawn, shift))
                    .result()
                    .ifPresent(laws -> fits.add(new Resample(laws, drawn, shift)));
        }
        return new Resamples(fits, bootstrap.resamples(), bootstrap.level());
    }

    /** Share of the resamples that determined the laws. */
    double successShare() {
        return (double) fits.size() / tried;
    }

    Estimate estimate(double value, ToDoubleFunction<Resample> quantity) {
        return PercentileInterval.of(value, fits.stream().mapToDouble(quantity).toArray(), level);
    }

    /**
     * Interval of the lowest loss at one amount of compute.
     *
     * @param losses [runs] smoothed losses there, infinite where a run has not been
     */
    Estimate lowestLoss(double[] losses) {
        double[] lowest = fits.stream()
                .mapToDouble(fit -> lowest(losses, fit))
                .filter(Double::isFinite)
                .toArray();
        double value = Arrays.stream(losses).min().orElseThrow();
        return PercentileInterval.of(value, lowest.length == 0 ? new double[] {value} : lowest, level);
    }

    private static double lowest(double[] losses, Resample fit) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int run = 0; run < losses.length; run++) {
            if (fit.drawn()[run]) {
                lowest = Math.min(lowest, losses[run] + fit.shift()[run]);
            }
        }
        return lowest;
    }
}
