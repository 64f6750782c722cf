package org.plmfrontier.fitting.curve;

import java.util.Comparator;

/**
 * One training step of a run as it enters the fits: a curve point, not a final loss.
 *
 * @param step optimiser step, counted from 1 (0 for an evaluation before training)
 * @param tokens tokens seen up to and including the step
 * @param computeFlops training FLOPs up to and including the step, unpadded
 * @param executedFlops the same as executed, padding included
 * @param lossNats nats per masked residue
 * @param learningRate rate of the step; 0 where it is not known
 */
public record CurvePoint(
        long step, double tokens, double computeFlops, double executedFlops, double lossNats, double learningRate) {

    /** Of two different points of the same step the first in this order stays, so that the order of arrival does not matter. */
    static final Comparator<CurvePoint> PREFERENCE = Comparator.comparingDouble(CurvePoint::lossNats)
            .thenComparingDouble(CurvePoint::tokens)
            .thenComparingDouble(CurvePoint::computeFlops)
            .thenComparingDouble(CurvePoint::executedFlops)
            .thenComparingDouble(CurvePoint::learningRate);

    public CurvePoint {
        if (step < 0) {
            throw new IllegalArgumentException("step must not be negative, got " + step);
        }
        positive("tokens", tokens, step);
        positive("computeFlops", computeFlops, step);
        positive("executedFlops", executedFlops, step);
        positive("lossNats", lossNats, step);
        if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException(
                    "learningRate of step " + step + " must be finite and not negative, got " + learningRate);
        }
    }

    private static void positive(String field, double value, long step) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    field + " of step " + step + " must be positive and finite, got " + value);
        }
    }
}
