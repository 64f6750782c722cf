package org.plmfrontier.trainer.slice;

import org.plmfrontier.trainer.checkpoint.RunProgress;

/**
 * One optimiser step.
 *
 * @param after progress after the step
 * @param tokens training tokens of the step
 * @param computeFlops unpadded training FLOPs of the step
 * @param executedFlops training FLOPs of the step with padding
 * @param lossNats mean over the step's selected residues before the update
 * @param gradientNorm global norm before clipping
 */
public record TrainedStep(
        RunProgress after,
        long tokens,
        long computeFlops,
        long executedFlops,
        double lossNats,
        double learningRate,
        double gradientNorm) {

    /** Whether loss and gradient are numbers. */
    public boolean isFinite() {
        return Double.isFinite(lossNats) && Double.isFinite(gradientNorm);
    }
}
