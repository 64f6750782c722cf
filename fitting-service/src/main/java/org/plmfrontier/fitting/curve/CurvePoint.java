package org.plmfrontier.fitting.curve;

import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * One training step of a run as it enters the fits: a curve point, not a final loss.
 *
 * @param step optimiser step, counted from 1 (0 for an evaluation before training)
 * @param tokens tokens seen up to and including the step
 * @param computeFlops training FLOPs up to and including the step, unpadded
 * @param executedFlops the same as executed, padding included
 * @param lossNats nats per masked residue
 * @param learningRate rate of the step; empty where it is not known
 */
public record CurvePoint(
        long step,
        double tokens,
        double computeFlops,
        double executedFlops,
        double lossNats,
        OptionalDouble learningRate) {
    private static final double UNKNOWN_LAST = -1;

    /** Of two different points of the same step the first in this order stays, so that the order of arrival does not matter. */
    static final Comparator<CurvePoint> PREFERENCE = Comparator.comparingDouble(CurvePoint::lossNats)
            .thenComparingDouble(CurvePoint::tokens)
            .thenComparingDouble(CurvePoint::computeFlops)
            .thenComparingDouble(CurvePoint::executedFlops)
            .thenComparingDouble(point -> point.learningRate.orElse(UNKNOWN_LAST));

    public CurvePoint {
        if (step < 0) {
            throw new IllegalArgumentException("step must not be negative, got " + step);
        }
        positive("tokens", tokens, step);
        positive("computeFlops", computeFlops, step);
        positive("executedFlops", executedFlops, step);
        positive("lossNats", lossNats, step);
        learningRate.ifPresent(rate -> {
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException(
                        "learningRate of step " + step + " must be finite and not negative, got " + rate);
            }
        });
    }

    /** A step whose learning rate is known. */
    public CurvePoint(
            long step, double tokens, double computeFlops, double executedFlops, double lossNats, double learningRate) {
        this(step, tokens, computeFlops, executedFlops, lossNats, OptionalDouble.of(learningRate));
    }

    private static void positive(String field, double value, long step) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    field + " of step " + step + " must be positive and finite, got " + value);
        }
    }
}
