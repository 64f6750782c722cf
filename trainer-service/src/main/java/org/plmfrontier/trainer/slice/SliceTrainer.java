package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.Attempts;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.DeviceIdentity;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.heldout.HeldOutLoss;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.residency.WarmRun;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Trains slices: takes the run's model from those that are warm or restores it, and makes a {@link SliceAttempt} on it.
 * Nothing is published here. Not thread-safe.
 */
public final class SliceTrainer {
    private final TrainerParts parts;
    private final ResidentRuns resident;

    /** What outlives the process: checkpoints and the token log. */
    public record Storage(CheckpointStore checkpoints, TokenLog tokens) {
        public Storage {
            Objects.requireNonNull(checkpoints, "checkpoints");
            Objects.requireNonNull(tokens, "tokens");
        }
    }

    /** What the process trains on: the engine, and the models that stay on its device between slices. */
    public record Device(TrainingEngine engine, ResidentRuns resident, DeviceIdentity identity) {
        public Device {
            Objects.requireNonNull(engine, "engine");
            Objects.requireNonNull(resident, "resident");
            Objects.requireNonNull(identity, "identity");
        }

        /** A device as its engine names it. */
        public Device(TrainingEngine engine, ResidentRuns resident) {
            this(engine, resident, DeviceIdentity.of(engine));
        }
    }

    /**
     * What is kept in host memory beside the models.
     *
     * @param heldOutTokens held-out sets up to this size
     * @param stepsAhead whose inputs another thread makes ready while the device computes
     */
    public record HostMemory(long heldOutTokens, int stepsAhead) {}

    /** As the other one, with the inputs of steps made when they are needed. */
    public SliceTrainer(
            Device device,
            Storage storage,
            long heldOutTokensKept,
            TrainingObserver observer,
            Clock clock,
            String trainer) {
        this(device, storage, new HostMemory(heldOutTokensKept, 0), observer, clock, trainer);
    }

    /**
     * The trainer of a process.
     *
     * @param trainer name of this process in events and pointers
     */
    public SliceTrainer(
            Device device, Storage storage, HostMemory memory, TrainingObserver observer, Clock clock, String trainer) {
        InputSource inputs = new InputSource(storage.tokens(), memory.stepsAhead());
        this.resident = device.resident();
        this.parts = TrainerPartsBuilder.builder()
                .storage(storage)
                .inputs(inputs)
                .restorer(new StateRestorer(device.engine(), storage.checkpoints(), inputs, observer))
                .heldOut(new HeldOutLoss(storage.tokens(), memory.heldOutTokens()))
                .observer(observer)
                .clock(clock)
                .device(device.identity())
                .trainer(trainer)
                .heldUpTimes(new HeldUpTimes())
                .build();
    }

    /** Commits of this trainer's slices, of which none is trained yet. */
    SliceCommits commits(CheckpointWriter writer, Attempts attempts) {
        return new SliceCommits(writer, attempts, parts);
    }

    /** Whether the run is on the device at this place, so that nothing has to be restored. */
    boolean isWarm(RunSpec run, Lease lease, RunProgress progress) {
        return resident.holds(run.runId(), run.specification(), lease, progress);
    }

    /**
     * Trains the slice of a job that {@link org.plmfrontier.trainer.assignment.JobOrder} let through. Its state is not saved.
     *
     * @param pointer where the run stands; null where nothing of it was trained
     * @param lease under which this process owns the run; a model that was trained under another one is not used
     * @param watch asked between steps
     * @return to be closed, or published
     * @throws SliceAbandonedException where nothing was done that counts
     */
    public TrainedSlice train(BatchJob job, @Nullable CheckpointPointer pointer, Lease lease, SliceWatch watch)
            throws IOException, TokenLogException, SliceAbandonedException {
        RunSpec run = job.run();
        parts.observer().began(job, lease);
        SliceAttempt attempt = new SliceAttempt(parts, job, pointer, watch);
        Optional<WarmRun> warm = resident.take(run.runId(), run.specification(), lease, attempt.start());
        ResidentModel model = warm.isPresent() ? warm.get().model() : attempt.restoredModel();
        WarmRun kept = null;
        try {
            SliceAttempt.Outcome outcome = attempt.train(model);
            if (outcome.state() != null) {
                RunProgress progress = outcome.report().pointer().progress();
                kept = new WarmRun(run.runId(), run.specification(), lease, model, progress);
            }
            return new TrainedSlice(outcome, run, pointer, kept, parts.store(), resident);
        } finally {
            if (kept == null) {
                model.close();
            }
        }
    }

    /**
     * In what a job contradicts what was trained of its run; empty where it is the same specification, or nothing is known
     * of that.
     */
    public Optional<String> contradiction(BatchJob job, CheckpointPointer pointer) throws IOException {
        return new TrainedSpecification(parts.store()).contradiction(job.run(), pointer);
    }

    /** Where a job's run stands of which no pointer is known; empty where nothing of it was trained. */
    Optional<CheckpointPointer> found(BatchJob job, LostPointer.Log log) throws IOException, InterruptedException {
        return new LostPointer(parts.store()).find(job, log, parts.stamp());
    }

    /**
     * Removes runs from the device and from the store.
     *
     * @return those of which there was something in the store
     */
    List<String> remove(Set<String> runIds) throws IOException {
        runIds.forEach(resident::close);
        List<String> kept =
                parts.store().runs().stream().filter(runIds::contains).toList();
        for (String run : kept) {
            parts.store().remove(run);
        }
        return kept;
    }

    /** The report that says a run was stopped, by a command or because it cannot go on, where it stands. */
    public SliceReport stop(BatchJob job, @Nullable CheckpointPointer pointer, String reason) {
        RunSpec run = job.run();
        CheckpointPointer before =
                pointer == null ? CheckpointPointer.untrained(run, RunState.PLANNED, parts.stamp()) : pointer;
        SliceEvents events = new SliceEvents(run);
        events.stateChanged(
                RunState.STOPPED,
                before.progress().step(),
                reason,
                parts.clock().now());
        return new SliceReport(events.all(), before.withState(RunState.STOPPED, parts.stamp()), true);
    }
}
