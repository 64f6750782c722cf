package org.plmfrontier.trainer.slice;

import java.util.Objects;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.Stamp;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.engine.DeviceIdentity;
import org.plmfrontier.trainer.heldout.HeldOutLoss;

/**
 * What every attempt of one trainer works with.
 *
 * @param device what it trains on
 * @param trainer name of this process in events and pointers
 * @param heldUpTimes what slices say of the checkpoints before them
 */
@StagedBuilder
record TrainerParts(
        SliceTrainer.Storage storage,
        InputSource inputs,
        StateRestorer restorer,
        HeldOutLoss heldOut,
        TrainingObserver observer,
        Clock clock,
        DeviceIdentity device,
        String trainer,
        HeldUpTimes heldUpTimes) {
    TrainerParts {
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(restorer, "restorer");
        Objects.requireNonNull(heldOut, "heldOut");
        Objects.requireNonNull(observer, "observer");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(trainer, "trainer");
        Objects.requireNonNull(heldUpTimes, "heldUpTimes");
    }

    CheckpointStore store() {
        return storage.checkpoints();
    }

    /** A run's training stood still for one of its checkpoints. */
    void heldUp(RunSpec run, double seconds) {
        heldUpTimes.add(run.runId(), seconds);
        observer.heldUp(run, seconds);
    }

    /** This trainer, now. */
    Stamp stamp() {
        return new Stamp(trainer, clock.now());
    }
}
