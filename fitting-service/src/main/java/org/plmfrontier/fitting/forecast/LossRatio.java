package org.plmfrontier.fitting.forecast;

/**
 * What is forecast of one loss over another, as logarithms; low and high hold it with a probability of {@value
 * Forecaster#LEVEL}. Errors that two runs share, as a law's that bends for all sizes alike, are no part of it.
 *
 * @param lnRatio median
 */
public record LossRatio(double lnRatio, double low, double high) {
    static LossRatio of(double lnRatio, double half) {
        return new LossRatio(lnRatio, lnRatio - half, lnRatio + half);
    }

    /** Whether a ratio's logarithm lies within. */
    public boolean covers(double actual) {
        return low <= actual && actual <= high;
    }
}
