package org.plmfrontier.fitting.plateau;

import java.util.Arrays;
import org.plmfrontier.fitting.curve.CurveBins;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.regression.OffsetPowerLaw;

/**
 * The late part of a curve, which decides about its floor: the last factor {@value #SPAN} of compute. Earlier losses follow
 * the learning of the alphabet's frequencies, not the law of the end.
 *
 * @param lnRatio [cells] ln(C / C_last), at most 0
 * @param lossNats [cells]
 * @param weight [cells] inverse variances, 1 / nats squared
 */
record Tail(double[] lnRatio, double[] lossNats, double[] weight) {
    static final double SPAN = 50;
    /** Fewer cells cannot tell a floor from a slope. */
    static final int FEWEST = 20;
    /** Noise below which a curve counts as exact, nats. */
    private static final double EXACT = 1e-4;

    static Tail of(SmoothedCurve curve) {
        CurveBins bins = curve.bins();
        double last = Math.log(curve.domain().maxFlops());
        int from = 0;
        while (bins.lnFlops()[from] < last - Math.log(SPAN)) {
            from++;
        }
        double variance = Math.pow(Math.max(EXACT, curve.noiseNats()), 2);
        return new Tail(
                Arrays.stream(bins.lnFlops(), from, bins.size())
                        .map(x -> x - last)
                        .toArray(),
                Arrays.copyOfRange(bins.lossNats(), from, bins.size()),
                Arrays.stream(bins.count(), from, bins.size())
                        .map(n -> n / variance)
                        .toArray());
    }

    OffsetPowerLaw withFloor() {
        return OffsetPowerLaw.withFloor(lnRatio, lossNats, weight);
    }

    OffsetPowerLaw withoutFloor() {
        return OffsetPowerLaw.plain(lnRatio, lossNats, weight);
    }

    int size() {
        return lnRatio.length;
    }

    Tail withLosses(double[] other) {
        return new Tail(lnRatio, other, weight);
    }
}
