package org.plmfrontier.fitting.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.DrawnShare;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.Purpose;
import org.plmfrontier.fitting.resample.StudentScale;

/**
 * The laws once more under other errors of the losses: each run's smoothed loss is shifted by a normal number, whose standard
 * deviation is what the crossovers scatter around the law, or the smoothing error if that is larger. That scatter is itself
 * known from a few crossovers, so each resample draws its own from the distribution that it leaves (a scaled chi-squared one),
 * and the intervals are those of Student's t. Runs are not drawn with replacement: leaving out sizes moves the crossovers by
 * more than the errors do, and such intervals covered the truth of planted studies always and were three times as wide.
 *
 * @param fits resamples that determined the laws
 * @param tried resamples drawn
 * @param scatterNats standard deviation of a run's loss by the crossovers
 */
record Resamples(List<Resample> fits, int tried, double scatterNats, double level) {

    /**
     * One resample.
     *
     * @param shift [runs] nats
     */
    record Resample(EnvelopeLaws laws, double[] shift) {}

    /** The laws of an envelope whose runs are shifted by so many nats, [runs]. */
    @FunctionalInterface
    interface Laws {
        FitOutcome<EnvelopeLaws> under(double[] shift);
    }

    /**
     * Draws.
     *
     * @param laws by the procedure whose answer the intervals are of
     * @param freedom degrees of freedom from which the scatter is known
     */
    static Resamples draw(EnvelopeGrid grid, Laws laws, double scatterNats, int freedom, Bootstrap bootstrap) {
        int runs = grid.curves().size();
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.ENVELOPE, runs);
        List<Resample> fits = new ArrayList<>();
        for (int k = 0; k < bootstrap.resamples(); k++) {
            SplittableRandom random = sampler.generator(k);
            double wider = StudentScale.draw(freedom, random);
            double[] shift = new double[runs];
            for (int run = 0; run < runs; run++) {
                double error = Math.max(scatterNats, grid.curves().get(run).standardErrorNats());
                shift[run] = wider * error * random.nextGaussian();
            }
            laws.under(shift).result().ifPresent(found -> fits.add(new Resample(found, shift)));
        }
        return new Resamples(fits, bootstrap.resamples(), scatterNats, bootstrap.level());
    }

    /** How many of the resamples determined the laws. */
    DrawnShare share() {
        return new DrawnShare(fits.size(), tried);
    }

    Estimate estimate(double value, ToDoubleFunction<Resample> quantity) {
        return PercentileInterval.of(value, fits.stream().mapToDouble(quantity).toArray(), tried, level);
    }

    /**
     * The loss of the best size at one amount of compute. The lowest of many uncertain losses lies too low by about as much as
     * the lowest of the shifted ones lies below it, so estimate and interval are mirrored (the basic bootstrap; Davison and
     * Hinkley 1997, section 5.2).
     *
     * @param losses [runs] smoothed losses there, infinite where a run has not been
     */
    Estimate lowestLoss(double[] losses) {
        double found = Arrays.stream(losses).min().orElseThrow();
        return PercentileInterval.basic(
                found, fits.stream().mapToDouble(fit -> lowest(losses, fit)).toArray(), tried, level);
    }

    private static double lowest(double[] losses, Resample fit) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int run = 0; run < losses.length; run++) {
            lowest = Math.min(lowest, losses[run] + fit.shift()[run]);
        }
        return lowest;
    }
}
