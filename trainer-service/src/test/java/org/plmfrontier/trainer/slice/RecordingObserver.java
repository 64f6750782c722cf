package org.plmfrontier.trainer.slice;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.JobObserver;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;

/** Writes down what it is observed. */
public final class RecordingObserver implements TrainingObserver, JobObserver {
    public final List<String> observed = java.util.Collections.synchronizedList(new ArrayList<>());

    @Override
    public void stepped(RunSpec run, TrainedStep step, double tokensPerSecond) {
        observed.add("step " + step.after().step());
    }

    @Override
    public void saved(RunSpec run, long bytes, double seconds) {
        observed.add("saved");
    }

    @Override
    public void refused(RunSpec run, CheckpointRefusedException reason) {
        observed.add("refused: " + reason.getMessage());
    }

    @Override
    public void restored(RunSpec run, long step) {
        observed.add("restored at " + step);
    }

    @Override
    public void published() {
        observed.add("published");
    }

    @Override
    public void skipped() {
        observed.add("skipped");
    }

    @Override
    public void deadLettered() {
        observed.add("dead-lettered");
    }

    @Override
    public void retried() {
        observed.add("retried");
    }
}
