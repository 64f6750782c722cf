package org.plmfrontier.dataset.plan;

import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;

/**
 * Training FLOPs of ranges of a corpus for one shape. Table 5 is linear in tokens and in squared tokens, so two exact
 * integers per shape give every range, as a double since a whole run can exceed 64 bits; exact up to 2^53.
 */
public final class RunCost {
    private final LoadProfile profile;
    private final double perToken;
    private final double perSquare;

    public RunCost(ModelShape shape, LoadProfile profile) {
        this.profile = profile;
        long square = FlopCount.training(shape, new SequenceLoad(0, 0, 1));
        this.perSquare = square;
        this.perToken = FlopCount.training(shape, new SequenceLoad(0, 1, 1)) - square;
    }

    /**
     * FLOPs of forward passes.
     *
     * @param tokens in all sequences, START and END included
     * @param tokensSquared sum of the squares of the sequences' tokens
     */
    public static double forward(ModelShape shape, double tokens, double tokensSquared) {
        long square = FlopCount.training(shape, new SequenceLoad(0, 0, 1));
        double token = FlopCount.training(shape, new SequenceLoad(0, 1, 1)) - square;
        return (token * tokens + square * tokensSquared) / FlopCount.TRAINING_OVER_FORWARD;
    }

    /** Unpadded training FLOPs of the positions from one (inclusive) to another (exclusive). */
    public double flops(long from, long to) {
        SequenceLoad load = profile.between(from, to);
        return perToken * load.tokens() + perSquare * load.tokensSquared();
    }
}
