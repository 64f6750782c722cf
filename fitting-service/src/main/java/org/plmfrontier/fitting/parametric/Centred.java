package org.plmfrontier.fitting.parametric;

import java.util.Arrays;

/**
 * Observations in centred logarithms. The arrays are not to be changed.
 *
 * @param x [n] ln N less its mean
 * @param y [n] ln D less its mean
 * @param lnLoss [n]
 */
record Centred(double[] x, double[] y, double[] lnLoss, double meanX, double meanY) {
    static Centred of(Observations observations) {
        double[] x = ln(observations.parameters());
        double[] y = ln(observations.tokens());
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        return new Centred(shifted(x, meanX), shifted(y, meanY), ln(observations.lossNats()), meanX, meanY);
    }

    int size() {
        return x.length;
    }

    private static double[] ln(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    private static double[] shifted(double[] values, double mean) {
        return Arrays.stream(values).map(v -> v - mean).toArray();
    }
}
