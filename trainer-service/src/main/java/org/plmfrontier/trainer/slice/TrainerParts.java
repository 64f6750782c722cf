package org.plmfrontier.trainer.slice;

import java.util.Objects;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.trainer.assignment.Stamp;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.engine.DeviceIdentity;
import org.plmfrontier.trainer.heldout.HeldOutLoss;

/**
 * What every attempt of one trainer works with.
 *
 * @param device what it trains on
 * @param trainer name of this process in events and pointers
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
        String trainer) {
    TrainerParts {
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(restorer, "restorer");
        Objects.requireNonNull(heldOut, "heldOut");
        Objects.requireNonNull(observer, "observer");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(trainer, "trainer");
    }

    CheckpointStore store() {
        return storage.checkpoints();
    }

    /** This trainer, now. */
    Stamp stamp() {
        return new Stamp(trainer, clock.now());
    }
}
