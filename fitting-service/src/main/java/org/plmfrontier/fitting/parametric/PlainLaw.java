package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.regression.OffsetPowerLaw;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.Blocks;
import org.plmfrontier.fitting.resample.PercentileInterval;

/**
 * {@code L = E + A x^-g} of one quantity x, as L(N) of runs with enough data or L(C) along the frontier (Kaplan et al. 2020,
 * Eq. 1.1 and 1.3, with a floor), by least squares of L.
 *
 * @param floor E in nats
 * @param lnAmplitude ln A
 * @param exponent g
 * @param residualNats standard deviation of a residual
 * @param used points
 * @param bootstrap how the intervals were made, over runs
 */
public record PlainLaw(
        Estimate floor, Estimate lnAmplitude, Estimate exponent, double residualNats, int used, Bootstrap bootstrap) {
    private static final int FEWEST = 4;

    /**
     * Fits. Not identifiable with fewer than four different x, or where the best curve does not fall.
     *
     * @param run [n] the run of each point: resampling takes all of a run together
     * @param x [n] N, or C in FLOPs, positive
     * @param lossNats [n]
     */
    public static FitOutcome<PlainLaw> fit(String[] run, double[] x, double[] lossNats, Bootstrap bootstrap) {
        long different = Arrays.stream(x).distinct().count();
        if (different < FEWEST) {
            return FitOutcome.notIdentifiable(
                    "a power law with a floor needs four different abscissae, there are " + different);
        }
        double[] lnX = Arrays.stream(x).map(Math::log).toArray();
        double centre = Arrays.stream(lnX).average().orElseThrow();
        double[] centred = Arrays.stream(lnX).map(v -> v - centre).toArray();
        double[] equal = new double[x.length];
        Arrays.fill(equal, 1);
        OffsetPowerLaw best = OffsetPowerLaw.withFloor(centred, lossNats, equal);
        if (!(best.amplitude() > 0)) {
            return FitOutcome.notIdentifiable("the loss does not fall with x");
        }
        Blocks blocks = Blocks.of(run);
        BlockSampler sampler = new BlockSampler(bootstrap, blocks.count());
        OffsetPowerLaw[] resampled = IntStream.range(0, bootstrap.resamples())
                .parallel()
                .mapToObj(k -> {
                    SplittableRandom random = sampler.generator(k);
                    return OffsetPowerLaw.withFloor(centred, lossNats, blocks.weights(sampler.counts(random)));
                })
                .filter(law -> law.amplitude() > 0)
                .toArray(OffsetPowerLaw[]::new);
        if (2 * resampled.length < bootstrap.resamples()) {
            return FitOutcome.notIdentifiable("the loss does not fall with x in most resamples");
        }
        ToDoubleFunction<OffsetPowerLaw> lnAmplitude = law -> Math.log(law.amplitude()) + law.decay() * centre;
        double deviation = Math.sqrt(best.residualSquares() / (x.length - FEWEST + 1));
        return FitOutcome.fitted(new PlainLaw(
                estimate(best, resampled, OffsetPowerLaw::floor, bootstrap, blocks),
                estimate(best, resampled, lnAmplitude, bootstrap, blocks),
                estimate(best, resampled, OffsetPowerLaw::decay, bootstrap, blocks),
                deviation,
                x.length,
                bootstrap));
    }

    /** Loss at x by the point estimate, nats. */
    public double at(double x) {
        return floor.value() + Math.exp(lnAmplitude.value() - exponent.value() * Math.log(x));
    }

    private static Estimate estimate(
            OffsetPowerLaw best,
            OffsetPowerLaw[] resampled,
            ToDoubleFunction<OffsetPowerLaw> quantity,
            Bootstrap bootstrap,
            Blocks blocks) {
        return PercentileInterval.expanded(
                quantity.applyAsDouble(best),
                Arrays.stream(resampled).mapToDouble(quantity).toArray(),
                bootstrap.level(),
                blocks.count());
    }
}
