package org.plmfrontier.trainer.slice;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.JobObserver;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;

/** Writes down what it is told. */
public final class RecordingObserver implements TrainingObserver, JobObserver {
    public final List<String> told = java.util.Collections.synchronizedList(new ArrayList<>());

    @Override
    public void stepped(RunSpec run, TrainedStep step, double tokensPerSecond) {
        told.add("step " + step.after().step());
    }

    @Override
    public void saved(RunSpec run, long bytes, double seconds) {
        told.add("saved");
    }

    @Override
    public void refused(RunSpec run, CheckpointRefusedException reason) {
        told.add("refused: " + reason.getMessage());
    }

    @Override
    public void restored(RunSpec run, long step) {
        told.add("restored at " + step);
    }

    @Override
    public void published() {
        told.add("published");
    }

    @Override
    public void skipped() {
        told.add("skipped");
    }

    @Override
    public void buried() {
        told.add("buried");
    }

    @Override
    public void retried() {
        told.add("retried");
    }
}
