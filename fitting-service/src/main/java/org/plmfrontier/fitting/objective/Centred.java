package org.plmfrontier.fitting.objective;

import java.util.Arrays;

/**
 * Observations in centred logarithms. The arrays are not to be changed.
 *
 * @param lnParameters ln N
 * @param lnTokens ln D
 * @param lnLoss [n]
 */
public record Centred(Axis lnParameters, Axis lnTokens, double[] lnLoss) {

    /**
     * A column of logarithms.
     *
     * @param centred [n] less the mean
     * @param levels the different values
     */
    public record Axis(double[] centred, double mean, Levels levels) {
        private static Axis of(double[] values) {
            double[] ln = ln(values);
            double mean = Arrays.stream(ln).average().orElseThrow();
            double[] centred = Arrays.stream(ln).map(v -> v - mean).toArray();
            return new Axis(centred, mean, Levels.of(centred));
        }
    }

    /**
     * Centres observations.
     *
     * @param parameters [n] N
     * @param tokens [n] D
     * @param lossNats [n]
     */
    public static Centred of(double[] parameters, double[] tokens, double[] lossNats) {
        return new Centred(Axis.of(parameters), Axis.of(tokens), ln(lossNats));
    }

    /** Number of observations. */
    public int size() {
        return lnLoss.length;
    }

    /** [n] ln N less its mean. */
    public double[] x() {
        return lnParameters.centred();
    }

    /** [n] ln D less its mean. */
    public double[] y() {
        return lnTokens.centred();
    }

    /** Mean of ln N. */
    public double meanX() {
        return lnParameters.mean();
    }

    /** Mean of ln D. */
    public double meanY() {
        return lnTokens.mean();
    }

    /** The different x. */
    public Levels sizes() {
        return lnParameters.levels();
    }

    /** The different y. */
    public Levels budgets() {
        return lnTokens.levels();
    }

    /** The same places with other losses. */
    public Centred withLnLoss(double[] other) {
        return new Centred(lnParameters, lnTokens, other);
    }

    private static double[] ln(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }
}
