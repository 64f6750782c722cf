package org.plmfrontier.trainer.checkpoint;

/**
 * How far a run is. FLOPs are sums of whole numbers in the order of the steps: exact up to 2^53, and always the same.
 *
 * @param position records of the token log trained, over all epochs
 * @param step optimiser steps done
 * @param tokens training tokens seen, PAD not counted
 * @param computeFlops training FLOPs, unpadded (Table 5)
 * @param executedFlops training FLOPs with padding
 */
public record RunProgress(long position, long step, long tokens, double computeFlops, double executedFlops) {
    /** A run of which nothing is trained. */
    public static final RunProgress START = new RunProgress(0, 0, 0, 0, 0);

    public RunProgress {
        if (position < 0 || step < 0 || tokens < 0 || !(computeFlops >= 0) || !(executedFlops >= computeFlops)) {
            throw new IllegalArgumentException("impossible progress: position " + position + ", step " + step
                    + ", tokens " + tokens + ", computeFlops " + computeFlops + ", executedFlops " + executedFlops);
        }
    }

    /** Progress after one more optimiser step. */
    public RunProgress afterStep(long records, StepLoad load) {
        return new RunProgress(
                position + records,
                step + 1,
                tokens + load.tokens(),
                computeFlops + load.computeFlops(),
                executedFlops + load.executedFlops());
    }
}
