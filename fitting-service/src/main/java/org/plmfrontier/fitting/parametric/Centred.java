package org.plmfrontier.fitting.parametric;

import java.util.Arrays;

/**
 * Observations in centred logarithms. The arrays are not to be changed.
 *
 * @param x [n] ln N less its mean
 * @param y [n] ln D less its mean
 * @param lnLoss [n]
 * @param sizes the different x
 * @param budgets the different y
 */
record Centred(double[] x, double[] y, double[] lnLoss, double meanX, double meanY, Levels sizes, Levels budgets) {
    static Centred of(Observations observations) {
        double[] x = ln(observations.parameters());
        double[] y = ln(observations.tokens());
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double[] centredX = shifted(x, meanX);
        double[] centredY = shifted(y, meanY);
        return new Centred(
                centredX,
                centredY,
                ln(observations.lossNats()),
                meanX,
                meanY,
                Levels.of(centredX),
                Levels.of(centredY));
    }

    int size() {
        return x.length;
    }

    /** The same places with other losses. */
    Centred withLnLoss(double[] other) {
        return new Centred(x, y, other, meanX, meanY, sizes, budgets);
    }

    private static double[] ln(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    private static double[] shifted(double[] values, double mean) {
        return Arrays.stream(values).map(v -> v - mean).toArray();
    }
}
