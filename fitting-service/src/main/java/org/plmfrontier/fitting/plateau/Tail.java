package org.plmfrontier.fitting.plateau;

import java.util.Arrays;
import org.plmfrontier.fitting.curve.CurveBins;
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

    static Tail of(JudgedCurve curve) {
        return of(curve, Math.log(curve.domain().maxFlops()));
    }

    /** The late part of the curve as it was when so much had been spent. */
    static Tail of(JudgedCurve curve, double lastLnFlops) {
        CurveBins bins = curve.bins();
        int from = 0;
        while (from < bins.size() && bins.lnFlops()[from] < lastLnFlops - Math.log(SPAN)) {
            from++;
        }
        int to = from;
        while (to < bins.size() && bins.lnFlops()[to] <= lastLnFlops) {
            to++;
        }
        double variance = Math.pow(Math.max(EXACT, curve.training().noiseNats()), 2);
        return new Tail(
                Arrays.stream(bins.lnFlops(), from, to)
                        .map(x -> x - lastLnFlops)
                        .toArray(),
                Arrays.copyOfRange(bins.lossNats(), from, to),
                Arrays.stream(bins.count(), from, to).map(n -> n / variance).toArray());
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
