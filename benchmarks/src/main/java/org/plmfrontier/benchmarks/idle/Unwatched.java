package org.plmfrontier.benchmarks.idle;

import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.slice.TrainedStep;
import org.plmfrontier.trainer.slice.TrainingObserver;

/** Looks at nothing. */
final class Unwatched implements TrainingObserver {
    @Override
    public void stepped(RunSpec run, TrainedStep step, double tokensPerSecond) {
        // the table counts by itself
    }

    @Override
    public void saved(RunSpec run, long bytes, double seconds, boolean beside) {
        // nothing is kept
    }

    @Override
    public void refused(RunSpec run, CheckpointRefusedException reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void restored(RunSpec run, long step) {
        // from its seed
    }
}
