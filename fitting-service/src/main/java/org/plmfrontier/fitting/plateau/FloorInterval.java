package org.plmfrontier.fitting.plateau;

import java.util.SplittableRandom;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.regression.OffsetPowerLaw;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.Purpose;

/** Interval of a floor by resampling the residuals of its fit in blocks of neighbouring cells. */
final class FloorInterval {
    private static final int BLOCK = 6;
    private static final int MOST_RESAMPLES = 200;

    private FloorInterval() {}

    static Estimate of(Tail tail, OffsetPowerLaw fit, Bootstrap bootstrap) {
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.FLOOR, tail.size());
        double[] standardised = new double[tail.size()];
        for (int i = 0; i < standardised.length; i++) {
            standardised[i] = (tail.lossNats()[i] - fit.at(tail.lnRatio()[i])) * Math.sqrt(tail.weight()[i]);
        }
        double[] floors = new double[Math.min(MOST_RESAMPLES, bootstrap.resamples())];
        for (int k = 0; k < floors.length; k++) {
            floors[k] = resampled(tail, fit, standardised, sampler.generator(k))
                    .withFloor()
                    .floor();
        }
        return PercentileInterval.of(fit.floor(), floors, bootstrap.level());
    }

    private static Tail resampled(Tail tail, OffsetPowerLaw fit, double[] standardised, SplittableRandom random) {
        double[] losses = new double[tail.size()];
        int from = 0;
        for (int i = 0; i < losses.length; i++) {
            if (i % BLOCK == 0) {
                from = random.nextInt(losses.length);
            }
            double residual = standardised[(from + i % BLOCK) % losses.length];
            losses[i] = fit.at(tail.lnRatio()[i]) + residual / Math.sqrt(tail.weight()[i]);
        }
        return tail.withLosses(losses);
    }
}
