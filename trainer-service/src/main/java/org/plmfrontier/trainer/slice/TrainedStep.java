package org.plmfrontier.trainer.slice;

import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StepLoad;

/**
 * One optimiser step.
 *
 * @param after progress after the step
 * @param load what the step trained
 * @param lossNats mean over the step's selected residues before the update
 * @param gradientNorm global norm before clipping
 */
public record TrainedStep(RunProgress after, StepLoad load, double lossNats, double learningRate, double gradientNorm) {

    /** Whether loss and gradient are numbers. */
    public boolean isFinite() {
        return Double.isFinite(lossNats) && Double.isFinite(gradientNorm);
    }
}
