package org.plmfrontier.trainer.slice;

import java.io.IOException;
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
    public void saved(RunSpec run, long bytes, double seconds, boolean beside) {
        observed.add(beside ? "saved beside" : "saved in line");
    }

    @Override
    public void tooLargeToHold(RunSpec run, long bytes) {
        observed.add("too large to hold: " + bytes);
    }

    @Override
    public void dropped(RunSpec run, Exception reason) {
        observed.add("dropped: " + reason.getMessage());
    }

    @Override
    public void notPruned(RunSpec run, IOException failure) {
        observed.add("not pruned: " + failure.getMessage());
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
    public void published(int steps) {
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

    @Override
    public void dropped() {
        observed.add("dropped");
    }
}
