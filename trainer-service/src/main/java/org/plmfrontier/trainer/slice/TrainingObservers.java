package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.List;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;

/** Several observers, each of which receives everything, in their order. */
public record TrainingObservers(List<TrainingObserver> observers) implements TrainingObserver {
    public TrainingObservers {
        observers = List.copyOf(observers);
    }

    @Override
    public void began(BatchJob job, Lease lease) {
        observers.forEach(observer -> observer.began(job, lease));
    }

    @Override
    public void stepped(RunSpec run, TrainedStep step, double tokensPerSecond) {
        observers.forEach(observer -> observer.stepped(run, step, tokensPerSecond));
    }

    @Override
    public void saved(RunSpec run, long bytes, double seconds, boolean beside) {
        observers.forEach(observer -> observer.saved(run, bytes, seconds, beside));
    }

    @Override
    public void heldUp(RunSpec run, double seconds) {
        observers.forEach(observer -> observer.heldUp(run, seconds));
    }

    @Override
    public void tooLargeToHold(RunSpec run, long bytes) {
        observers.forEach(observer -> observer.tooLargeToHold(run, bytes));
    }

    @Override
    public void dropped(RunSpec run, Exception reason) {
        observers.forEach(observer -> observer.dropped(run, reason));
    }

    @Override
    public void notPruned(RunSpec run, IOException failure) {
        observers.forEach(observer -> observer.notPruned(run, failure));
    }

    @Override
    public void refused(RunSpec run, CheckpointRefusedException reason) {
        observers.forEach(observer -> observer.refused(run, reason));
    }

    @Override
    public void restored(RunSpec run, long step) {
        observers.forEach(observer -> observer.restored(run, step));
    }
}
