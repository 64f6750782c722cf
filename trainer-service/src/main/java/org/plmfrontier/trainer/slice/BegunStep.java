package org.plmfrontier.trainer.slice;

import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StepLoad;
import org.plmfrontier.trainer.engine.PendingStep;

/**
 * A step that the device has been given.
 *
 * @param after progress after the step
 * @param load what the step trains
 */
record BegunStep(RunProgress after, StepLoad load, double learningRate, PendingStep numbers) {
    /** Waits for its numbers; to be called once. */
    TrainedStep end() {
        PendingStep.Numbers values = numbers.await();
        return new TrainedStep(after, load, values.lossNats(), learningRate, values.gradientNorm());
    }
}
