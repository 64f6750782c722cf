package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.family.Networks;
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
 * keeps a checkpoint. A slice that is to be handed over is reported as far as it is done; whoever continues it begins with
 * the evaluation of the place where it stands, if one is due there. Nothing is published here; {@link #committed} or {@link #discarded} must follow every report.
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
    private @Nullable InHand inHand;

    /** A state whose report is not published yet, and the steps at which its run's budgets end. */
    private record InHand(WarmRun warm, Set<Long> budgetSteps) {}

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
     * @param watch asked between steps
     */
    public SliceReport train(BatchJob job, @Nullable CheckpointPointer pointer, Object tenure, SliceWatch watch)
            throws IOException, TokenLogException, SliceAbandonedException {
        RunProgress start = pointer == null ? RunProgress.START : pointer.progress();
        SliceEvents events = new SliceEvents(job.run());
        ResidentModel model = modelOf(job, pointer, start, tenure, events, watch);
        boolean done = false;
        try {
            SliceReport report = trainOn(model, job, pointer, start, events, watch);
            if (report.pointer().state() != RunState.DIVERGED) {
                WarmRun warm = new WarmRun(
                        job.run().runId(),
                        job.run().specification(),
                        tenure,
                        model,
                        report.pointer().progress());
                inHand = new InHand(warm, budgetSteps(job.run()));
                done = true;
            }
            return report;
        } finally {
            if (!done) {
                model.close();
            }
        }
    }

    /**
     * In what a job contradicts what was trained of its run; empty where it is the same specification, or nothing is known
     * of that.
     */
    public Optional<String> contradiction(BatchJob job, CheckpointPointer pointer) throws IOException {
        return new TrainedSpecification(store).contradiction(job.run(), pointer);
    }

    /** Where the run of a job in its middle stands by its checkpoints alone; empty where there are none of it. */
    public Optional<CheckpointPointer> kept(BatchJob job) throws IOException {
        return new KeptStates(store, trainer).pointer(job, clock.now());
    }

    /** The report that says a run was stopped, by a command or because it cannot go on, where it stands. */
    public SliceReport stop(BatchJob job, @Nullable CheckpointPointer pointer, String reason) {
        RunSpec run = job.run();
        CheckpointPointer before = pointer == null
                ? CheckpointPointer.of(run, -1, RunState.PLANNED, RunProgress.START, null, trainer, clock.now(), null)
                : pointer;
        SliceEvents events = new SliceEvents(run);
        events.stateChanged(RunState.STOPPED, before.progress().step(), reason, clock.now());
        return new SliceReport(events.all(), before.withState(RunState.STOPPED, trainer, clock.now()), true);
    }

    /** The report was published: the run stays warm, states that no pointer and no budget needs are deleted. */
    public void committed(SliceReport report, @Nullable CheckpointPointer before) throws IOException {
        InHand state = inHand;
        inHand = null;
        if (state == null) {
            return;
        }
        resident.keep(state.warm());
        Set<String> keep = new HashSet<>();
        keep.add(Objects.requireNonNull(report.pointer().checkpoint()));
        if (before != null && before.checkpoint() != null) {
            keep.add(before.checkpoint());
        }
        store.prune(report.pointer().runId(), keep, state.budgetSteps());
    }

    /** The report was not published: its state is beyond what counts and is dropped. */
    public void discarded() {
        InHand state = inHand;
        inHand = null;
        if (state != null) {
            state.warm().model().close();
        }
    }

    private ResidentModel modelOf(
            BatchJob job,
            @Nullable CheckpointPointer pointer,
            RunProgress start,
            Object tenure,
            SliceEvents events,
            SliceWatch watch)
            throws IOException, TokenLogException, SliceAbandonedException {
        Optional<WarmRun> warm = resident.take(job.run().runId(), job.run().specification(), tenure, start);
        if (warm.isPresent()) {
            return warm.get().model();
        }
        if (pointer == null || pointer.checkpoint() == null) {
            return restorer.initial(job.run());
        }
        return restorer.restore(
                job,
                start,
                pointer.checkpoint(),
                refusal -> events.checkpointRefused(refusal, start.step(), trainer, clock.now()),
                () -> watch.demand() != SliceWatch.Demand.GO_ON);
    }

    private SliceReport trainOn(
            ResidentModel model,
            BatchJob job,
            @Nullable CheckpointPointer pointer,
            RunProgress start,
            SliceEvents events,
            SliceWatch watch)
            throws IOException, TokenLogException, SliceAbandonedException {
        RunSpec run = job.run();
        if (pointer == null || pointer.state() != RunState.TRAINING) {
            events.stateChanged(RunState.TRAINING, start.step(), "", clock.now());
        }
        Stepper stepper = new Stepper(log, run, model);
        RunProgress progress = start;
        OptionalDouble heldOutLoss = pointer != null && pointer.isInside(job)
                ? evaluate(model, run, progress, events, watch)
                : OptionalDouble.of(0);
        if (heldOutLoss.isPresent() && !Double.isFinite(heldOutLoss.getAsDouble())) {
            return diverged(
                    job,
                    pointer,
                    start,
                    "held-out loss %s at step %d".formatted(heldOutLoss.getAsDouble(), start.step()));
        }
        while (heldOutLoss.isPresent()
                && progress.position() < job.toRecord()
                && watch.demand() == SliceWatch.Demand.GO_ON) {
            long began = clock.nanos().getAsLong();
            TrainedStep step = stepper.step(progress);
            if (!step.isFinite()) {
                String what = "loss %s and gradient norm %s".formatted(step.lossNats(), step.gradientNorm());
                return diverged(job, pointer, start, at(what, step));
            }
            double tokensPerSecond = step.tokens() / Math.max(clock.secondsSince(began), 1e-9);
            events.stepCompleted(step, tokensPerSecond, clock.now());
            observer.stepped(run, step, tokensPerSecond);
            progress = step.after();
            heldOutLoss = evaluate(model, run, progress, events, watch);
            if (heldOutLoss.isPresent() && !Double.isFinite(heldOutLoss.getAsDouble())) {
                return diverged(job, pointer, start, at("held-out loss " + heldOutLoss.getAsDouble(), step));
            }
        }
        return heldOutLoss.isPresent() && progress.position() == job.toRecord()
                ? completed(model, job, progress, events, watch)
                : handedOver(model, job, pointer, progress, events, watch);
    }

    /** The held-out loss where a budget ends here, else 0; empty where that was broken off. No number is not told. */
    private OptionalDouble evaluate(
            ResidentModel model, RunSpec run, RunProgress progress, SliceEvents events, SliceWatch watch)
            throws TokenLogException {
        double loss = 0;
        for (RunSpec.Budget budget : run.budgets()) {
            if (Double.isFinite(loss) && budget.endRecord() == progress.position()) {
                Optional<HeldOutResult> result = heldOut.evaluate(
                        model,
                        run.corpus(),
                        run.shape().family(),
                        Stepper.tokenDropout(run),
                        () -> watch.demand() != SliceWatch.Demand.GO_ON);
                if (result.isEmpty()) {
                    return OptionalDouble.empty();
                }
                loss = result.get().lossNats();
                if (Double.isFinite(loss)) {
                    events.heldOutEvaluated(budget.tokens(), progress, result.get(), clock.now());
                }
            }
        }
        return OptionalDouble.of(loss);
    }

    private SliceReport completed(
            ResidentModel model, BatchJob job, RunProgress progress, SliceEvents events, SliceWatch watch)
            throws IOException {
        RunSpec run = job.run();
        String checkpoint = save(model, run, progress, events, watch);
        boolean over = progress.position() == run.endRecord();
        if (over) {
            events.stateChanged(RunState.COMPLETED, progress.step(), "", clock.now());
        }
        events.sliceCompleted(job, progress, checkpoint, trainer, clock.now());
        RunState state = over ? RunState.COMPLETED : RunState.TRAINING;
        CheckpointPointer after =
                CheckpointPointer.of(run, job.slice(), state, progress, checkpoint, trainer, clock.now(), null);
        return new SliceReport(events.all(), after, true);
    }

    /** What is done of the slice, unless that is nothing or somebody else's business. */
    private SliceReport handedOver(
            ResidentModel model,
            BatchJob job,
            @Nullable CheckpointPointer pointer,
            RunProgress progress,
            SliceEvents events,
            SliceWatch watch)
            throws IOException, SliceAbandonedException {
        RunSpec run = job.run();
        boolean nothingDone = events.meanLossNats() == null;
        if (nothingDone || watch.demand() == SliceWatch.Demand.ABANDON) {
            throw new SliceAbandonedException(run.runId(), job.slice());
        }
        events.withoutEvaluationAt(progress.step());
        String checkpoint = save(model, run, progress, events, watch);
        CheckpointPointer after = CheckpointPointer.of(
                run,
                pointer == null ? -1 : pointer.slice(),
                RunState.TRAINING,
                progress,
                checkpoint,
                trainer,
                clock.now(),
                job.slice());
        return new SliceReport(events.all(), after, false);
    }

    /** Keeps the state; where it cannot be written, the steps are held until it can or the slice is lost. */
    private String save(ResidentModel model, RunSpec run, RunProgress progress, SliceEvents events, SliceWatch watch)
            throws IOException {
        StateLayout layout = Networks.state(run.shape());
        Optional<TrainingEvent.HeldOutEvaluated> evaluation = events.heldOutAt(progress.step());
        RunFacts facts = new RunFacts(
                run,
                events.meanLossNats(),
                evaluation.map(TrainingEvent.HeldOutEvaluated::lossNats).orElse(null),
                trainer,
                clock.now(),
                evaluation.map(TrainingEvent.HeldOutEvaluated::parts).orElse(null));
        while (true) {
            long began = clock.nanos().getAsLong();
            try {
                String name = store.save(run.runId(), progress, facts, layout, model::save);
                long bytes = layout.all().stream().mapToLong(TensorSpec::bytes).sum();
                observer.saved(run, bytes, clock.secondsSince(began));
                return name;
            } catch (IOException e) {
                if (!watch.tryAgain(e)) {
                    throw e;
                }
            }
        }
    }

    /** Nothing of the broken slice is told but that it broke. */
    private SliceReport diverged(BatchJob job, @Nullable CheckpointPointer pointer, RunProgress start, String reason) {
        SliceEvents events = new SliceEvents(job.run());
        events.stateChanged(RunState.DIVERGED, start.step(), reason, clock.now());
        CheckpointPointer after = pointer == null
                ? CheckpointPointer.of(job.run(), -1, RunState.DIVERGED, start, null, trainer, clock.now(), null)
                : pointer.withState(RunState.DIVERGED, trainer, clock.now());
        return new SliceReport(events.all(), after, true);
    }

    private static String at(String what, TrainedStep step) {
        return "%s at step %d with learning rate %s"
                .formatted(what, step.after().step(), step.learningRate());
    }

    private static Set<Long> budgetSteps(RunSpec run) {
        return run.budgets().stream()
                .map(budget -> budget.endRecord() / run.recipe().recordsPerStep())
                .collect(Collectors.toSet());
    }
}
