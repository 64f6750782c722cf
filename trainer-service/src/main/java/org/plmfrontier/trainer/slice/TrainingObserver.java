package org.plmfrontier.trainer.slice;

import java.io.IOException;
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

    /**
     * A checkpoint is safe and its slice committed.
     *
     * @param bytes of its tensors
     * @param seconds from the beginning to the end of its writing
     * @param beside whether training went on meanwhile; else it waited
     */
    void saved(RunSpec run, long bytes, double seconds, boolean beside);

    /**
     * Training stood still for a checkpoint: while a state was copied, or was waited for.
     *
     * @param run whose training did
     */
    default void heldUp(RunSpec run, double seconds) {}

    /** A copy of the run's state may not be held in host memory: training waits while it is written. */
    default void tooLargeToHold(RunSpec run, long bytes) {}

    /** A trained slice will not be committed here: its run has a new owner, or there is no time left for it. */
    default void dropped(RunSpec run, Exception reason) {}

    /** States that the run has passed could not be deleted; they stay until the next ones are. */
    default void notPruned(RunSpec run, IOException failure) {}

    /** A checkpoint could not be used; an older state is taken and the steps since are done again. */
    void refused(RunSpec run, CheckpointRefusedException reason);

    /** The run's state was read from a checkpoint, or made from its seed, and has this many steps. */
    void restored(RunSpec run, long step);
}
