package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.heldout.HeldOutLoss;
import org.plmfrontier.trainer.heldout.HeldOutResult;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.residency.WarmRun;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Trains slices: takes or restores the run's state, steps through the slice's records, evaluates where a budget ends and
 * keeps a checkpoint. Nothing is published here; {@link #committed} or {@link #discarded} must follow every report.
 * Not thread-safe.
 */
public final class SliceTrainer {
    private final CheckpointStore store;
    private final TokenLog log;
    private final HeldOutLoss heldOut;
    private final ResidentRuns resident;
    private final StateRestorer restorer;
    private final TrainingObserver observer;
    private final Clock clock;
    private final String trainer;
    private @Nullable WarmRun inHand;

    /**
     * A trainer.
     *
     * @param heldOutTokensKept held-out sets up to this size are kept in memory
     * @param trainer name of this process in events and pointers
     */
    public SliceTrainer(
            TrainingEngine engine,
            CheckpointStore store,
            TokenLog log,
            ResidentRuns resident,
            long heldOutTokensKept,
            TrainingObserver observer,
            Clock clock,
            String trainer) {
        this.store = Objects.requireNonNull(store, "store");
        this.log = Objects.requireNonNull(log, "log");
        this.heldOut = new HeldOutLoss(log, heldOutTokensKept);
        this.resident = Objects.requireNonNull(resident, "resident");
        this.restorer = new StateRestorer(engine, store, log, observer);
        this.observer = Objects.requireNonNull(observer, "observer");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.trainer = Objects.requireNonNull(trainer, "trainer");
    }

    /**
     * Trains the slice of a job that {@link org.plmfrontier.trainer.assignment.JobOrder} let through.
     *
     * @param pointer where the run stands; null where nothing of it was trained
     * @param tenure the time during which this process owns the run; warm state of another tenure is not used
     * @param abandon asked between steps
     */
    public SliceReport train(BatchJob job, @Nullable CheckpointPointer pointer, Object tenure, BooleanSupplier abandon)
            throws IOException, TokenLogException, SliceAbandonedException {
        RunProgress start = pointer == null ? RunProgress.START : pointer.progress();
        ResidentModel model = modelOf(job, pointer, start, tenure, abandon);
        boolean done = false;
        try {
            SliceReport report = trainOn(model, job, pointer, start, abandon);
            if (report.pointer().state() != RunState.DIVERGED) {
                inHand = new WarmRun(
                        job.run().runId(), tenure, model, report.pointer().progress());
                done = true;
            }
            return report;
        } finally {
            if (!done) {
                model.close();
            }
        }
    }

    /** The report that says a run was stopped by a command, where it stands. */
    public SliceReport stop(BatchJob job, @Nullable CheckpointPointer pointer, String reason) {
        RunSpec run = job.run();
        CheckpointPointer before = pointer == null
                ? new CheckpointPointer(
                        run.studyId(), run.runId(), -1, RunState.PLANNED, RunProgress.START, null, trainer, clock.now())
                : pointer;
        SliceEvents events = new SliceEvents(run);
        events.stateChanged(RunState.STOPPED, before.progress().step(), reason, clock.now());
        return new SliceReport(events.all(), before.withState(RunState.STOPPED, trainer, clock.now()));
    }

    /** The report was published: the run stays warm, states that no pointer and no budget needs are deleted. */
    public void committed(SliceReport report, @Nullable CheckpointPointer before) throws IOException {
        WarmRun run = inHand;
        inHand = null;
        if (run == null) {
            return;
        }
        resident.keep(run);
        Set<String> keep = new HashSet<>();
        keep.add(Objects.requireNonNull(report.pointer().checkpoint()));
        if (before != null && before.checkpoint() != null) {
            keep.add(before.checkpoint());
        }
        store.prune(report.pointer().runId(), keep);
    }

    /** The report was not published: its state is beyond what counts and is dropped. */
    public void discarded() {
        WarmRun run = inHand;
        inHand = null;
        if (run != null) {
            run.model().close();
        }
    }

    private ResidentModel modelOf(
            BatchJob job,
            @Nullable CheckpointPointer pointer,
            RunProgress start,
            Object tenure,
            BooleanSupplier abandon)
            throws IOException, TokenLogException, SliceAbandonedException {
        Optional<WarmRun> warm = resident.take(job.run().runId(), tenure, start);
        if (warm.isPresent()) {
            return warm.get().model();
        }
        if (pointer == null || pointer.checkpoint() == null) {
            return restorer.initial(job.run());
        }
        return restorer.restore(job, start, pointer.checkpoint(), abandon);
    }

    private SliceReport trainOn(
            ResidentModel model,
            BatchJob job,
            @Nullable CheckpointPointer pointer,
            RunProgress start,
            BooleanSupplier abandon)
            throws IOException, TokenLogException, SliceAbandonedException {
        RunSpec run = job.run();
        SliceEvents events = new SliceEvents(run);
        if (pointer == null || pointer.state() == RunState.STOPPED) {
            events.stateChanged(RunState.TRAINING, start.step(), "", clock.now());
        }
        Stepper stepper = new Stepper(log, run, model);
        RunProgress progress = start;
        while (progress.position() < job.toRecord()) {
            requireWanted(abandon, job);
            long began = clock.nanos().getAsLong();
            TrainedStep step = stepper.step(progress);
            if (!step.isFinite()) {
                String what = "loss %s and gradient norm %s".formatted(step.lossNats(), step.gradientNorm());
                return diverged(job, pointer, start, what, step);
            }
            double tokensPerSecond = step.tokens() / Math.max(clock.secondsSince(began), 1e-9);
            events.stepCompleted(step, tokensPerSecond, clock.now());
            observer.stepped(run, step, tokensPerSecond);
            progress = step.after();
            double heldOutLoss = evaluateWhereABudgetEnds(model, job, progress, events, abandon);
            if (!Double.isFinite(heldOutLoss)) {
                String what = "held-out loss " + heldOutLoss;
                return diverged(job, pointer, start, what, step);
            }
        }
        return completed(model, job, progress, events);
    }

    /** The held-out loss where a budget ends here, else 0; a loss that is no number is not told. */
    private double evaluateWhereABudgetEnds(
            ResidentModel model, BatchJob job, RunProgress progress, SliceEvents events, BooleanSupplier abandon)
            throws TokenLogException, SliceAbandonedException {
        RunSpec run = job.run();
        double loss = 0;
        for (RunSpec.Budget budget : run.budgets()) {
            if (Double.isFinite(loss) && budget.endRecord() == progress.position()) {
                HeldOutResult result = heldOut.evaluate(
                                model, run.corpus(), run.shape().family(), Stepper.tokenDropout(run), abandon)
                        .orElseThrow(() -> new SliceAbandonedException(run.runId(), job.slice()));
                loss = result.lossNats();
                if (Double.isFinite(loss)) {
                    events.heldOutEvaluated(budget.tokens(), progress, result, clock.now());
                }
            }
        }
        return loss;
    }

    private SliceReport completed(ResidentModel model, BatchJob job, RunProgress progress, SliceEvents events)
            throws IOException {
        RunSpec run = job.run();
        StateLayout layout = StateLayout.of(run.shape());
        long began = clock.nanos().getAsLong();
        String checkpoint = store.save(run.runId(), progress, layout, model::save);
        long bytes = layout.all().stream().mapToLong(TensorSpec::bytes).sum();
        observer.saved(run, bytes, clock.secondsSince(began));
        boolean over = progress.position() == run.endRecord();
        if (over) {
            events.stateChanged(RunState.COMPLETED, progress.step(), "", clock.now());
        }
        events.sliceCompleted(job, progress, checkpoint, trainer, clock.now());
        RunState state = over ? RunState.COMPLETED : RunState.TRAINING;
        return new SliceReport(events.all(), pointer(job, state, progress, checkpoint));
    }

    /** Nothing of the broken slice is told but that it broke. */
    private SliceReport diverged(
            BatchJob job, @Nullable CheckpointPointer pointer, RunProgress start, String what, TrainedStep step) {
        String reason = "%s at step %d with learning rate %s"
                .formatted(what, step.after().step(), step.learningRate());
        SliceEvents events = new SliceEvents(job.run());
        events.stateChanged(RunState.DIVERGED, start.step(), reason, clock.now());
        CheckpointPointer after = pointer == null
                ? new CheckpointPointer(
                        job.run().studyId(),
                        job.run().runId(),
                        -1,
                        RunState.DIVERGED,
                        start,
                        null,
                        trainer,
                        clock.now())
                : pointer.withState(RunState.DIVERGED, trainer, clock.now());
        return new SliceReport(events.all(), after);
    }

    private CheckpointPointer pointer(BatchJob job, RunState state, RunProgress progress, String checkpoint) {
        return new CheckpointPointer(
                job.run().studyId(), job.run().runId(), job.slice(), state, progress, checkpoint, trainer, clock.now());
    }

    private static void requireWanted(BooleanSupplier abandon, BatchJob job) throws SliceAbandonedException {
        if (abandon.getAsBoolean()) {
            throw new SliceAbandonedException(job.run().runId(), job.slice());
        }
    }
}
