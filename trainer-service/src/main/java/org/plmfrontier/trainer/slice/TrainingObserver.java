package org.plmfrontier.trainer.slice;

import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;

/** Receives what happens while a slice runs, before anything of it is published, on the training thread. */
public interface TrainingObserver {
    /**
     * An attempt at a job's slice begins; the steps that follow are of it.
     *
     * @param lease under which this process owns the run
     */
    default void began(BatchJob job, Lease lease) {}

    /**
     * A step is done.
     *
     * @param tokensPerSecond of the step, PAD not counted
     */
    void stepped(RunSpec run, TrainedStep step, double tokensPerSecond);

    /** A checkpoint is safe. */
    void saved(RunSpec run, long bytes, double seconds);

    /** A checkpoint could not be used; an older state is taken and the steps since are done again. */
    void refused(RunSpec run, CheckpointRefusedException reason);

    /** The run's state was read from a checkpoint, or made from its seed, and has this many steps. */
    void restored(RunSpec run, long step);
}
