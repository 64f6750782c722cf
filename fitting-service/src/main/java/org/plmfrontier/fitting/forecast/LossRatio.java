package org.plmfrontier.fitting.forecast;

import org.plmfrontier.fitting.quantity.Estimate;

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

    /**
     * By how much the one loss lies above the other, nats; negative where it lies below.
     *
     * @param otherNats the other, whose own error is left out: it moves the difference by as small a share as the loss itself
     */
    Estimate aboveNats(double otherNats) {
        return new Estimate(
                otherNats * Math.expm1(lnRatio),
                otherNats * Math.expm1(low),
                otherNats * Math.expm1(high),
                Forecaster.LEVEL);
    }

    /** Whether a ratio's logarithm lies within. */
    public boolean covers(double actual) {
        return low <= actual && actual <= high;
    }
}
