package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.heldout.HeldOutResult;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * One attempt at the slice of a job: from where the run stands to the slice's end, to the step at which it is to be handed
 * over, or to a loss that is not finite. Its events gather until the report. Not thread-safe, for one use.
 */
final class SliceAttempt {
    private final TrainerParts parts;
    private final BatchJob job;
    private final @Nullable CheckpointPointer pointer;
    private final SliceWatch watch;
    private final RunSpec run;
    private final RunProgress start;
    private final SliceEvents events;

    /**
     * An attempt that has not begun.
     *
     * @param pointer where the run stands; null where nothing of it was trained
     */
    SliceAttempt(TrainerParts parts, BatchJob job, @Nullable CheckpointPointer pointer, SliceWatch watch) {
        this.parts = parts;
        this.job = job;
        this.pointer = pointer;
        this.watch = watch;
        this.run = job.run();
        this.start = pointer == null ? RunProgress.START : pointer.progress();
        this.events = new SliceEvents(run);
    }

    /** Where the run stands before the attempt. */
    RunProgress start() {
        return start;
    }

    /** The run's model at {@link #start}, read from a checkpoint or made anew. */
    ResidentModel restoredModel() throws IOException, TokenLogException, SliceAbandonedException {
        if (pointer == null || pointer.checkpoint() == null) {
            return parts.restorer().initial(run);
        }
        return parts.restorer()
                .restore(
                        job,
                        start,
                        pointer.checkpoint(),
                        refusal -> events.checkpointRefused(refusal, start.step(), parts.stamp()),
                        this::isToEnd);
    }

    /**
     * What an attempt came to.
     *
     * @param state that the report names, to be saved before the report counts; null where the run has diverged
     */
    record Outcome(SliceReport report, @Nullable UnsavedState state) {}

    /**
     * Trains.
     *
     * @param model stands at {@link #start}
     */
    Outcome train(ResidentModel model) throws TokenLogException, SliceAbandonedException {
        try (StepInputs inputs = parts.inputs().open(run, start.position(), job.toRecord())) {
            return train(model, inputs);
        }
    }

    private Outcome train(ResidentModel model, StepInputs inputs) throws TokenLogException, SliceAbandonedException {
        if (pointer == null || pointer.state() != RunState.TRAINING) {
            events.stateChanged(
                    RunState.TRAINING, start.step(), "", parts.clock().now());
        }
        StepsInFlight steps = new StepsInFlight(parts, run, events, new Stepper(inputs, run, model));
        RunProgress progress = start;
        Evaluation evaluation =
                pointer != null && pointer.isInside(job) ? evaluate(model, progress, inputs) : new Evaluation.NotDue();
        if (evaluation instanceof Evaluation.NotFinite notFinite) {
            return diverged("held-out loss %s at step %d".formatted(notFinite.lossNats(), start.step()));
        }
        while (!isInterrupted(evaluation) && progress.position() < job.toRecord() && !isToEnd()) {
            BegunStep step = steps.begin(progress);
            progress = step.after();
            Optional<TrainedStep> broken = steps.behind(step);
            if (broken.isEmpty() && isBudgetEnd(progress)) {
                broken = steps.end();
            }
            if (broken.isPresent()) {
                return diverged(broken.get());
            }
            evaluation = evaluate(model, progress, inputs);
            if (evaluation instanceof Evaluation.NotFinite notFinite) {
                return diverged(at("held-out loss " + notFinite.lossNats(), step.after(), step.learningRate()));
            }
        }
        Optional<TrainedStep> last = steps.end();
        if (last.isPresent()) {
            return diverged(last.get());
        }
        return !isInterrupted(evaluation) && progress.position() == job.toRecord()
                ? completed(progress)
                : handedOver(progress);
    }

    private boolean isBudgetEnd(RunProgress progress) {
        return run.budgets().stream().anyMatch(budget -> budget.endRecord() == progress.position());
    }

    private boolean isToEnd() {
        return watch.demand() != Demand.GO_ON;
    }

    private static boolean isInterrupted(Evaluation evaluation) {
        return evaluation instanceof Evaluation.Interrupted;
    }

    /** Evaluates once per budget that ends here. */
    private Evaluation evaluate(ResidentModel model, RunProgress progress, StepInputs inputs) throws TokenLogException {
        Evaluation evaluation = new Evaluation.NotDue();
        for (RunSpec.Budget budget : run.budgets()) {
            if (budget.endRecord() == progress.position()) {
                inputs.pause();
                try {
                    evaluation = evaluate(model, progress, budget);
                } finally {
                    inputs.resume();
                }
                if (!(evaluation instanceof Evaluation.Done)) {
                    return evaluation;
                }
            }
        }
        return evaluation;
    }

    private Evaluation evaluate(ResidentModel model, RunProgress progress, RunSpec.Budget budget)
            throws TokenLogException {
        Optional<HeldOutResult> result = parts.heldOut()
                .evaluate(model, run.corpus(), run.shape().family(), Stepper.tokenDropout(run), this::isToEnd);
        if (result.isEmpty()) {
            return new Evaluation.Interrupted();
        }
        double loss = result.get().lossNats();
        if (!Double.isFinite(loss)) {
            return new Evaluation.NotFinite(loss);
        }
        events.heldOutEvaluated(
                budget.tokens(), progress, result.get(), parts.clock().now());
        return new Evaluation.Done();
    }

    private Outcome completed(RunProgress progress) {
        UnsavedState state = unsaved(progress, job.keepsState());
        String checkpoint = state.name();
        boolean runIsOver = progress.position() == run.endRecord();
        if (runIsOver) {
            events.stateChanged(
                    RunState.COMPLETED, progress.step(), "", parts.clock().now());
        }
        events.sliceCompleted(job, progress, checkpoint, parts);
        RunState after = runIsOver ? RunState.COMPLETED : RunState.TRAINING;
        CheckpointPointer end = CheckpointPointer.atEnd(run, job.slice(), after, progress, checkpoint, parts.stamp());
        return new Outcome(new SliceReport(events.all(), end, true), state);
    }

    /** What is done of the slice, unless that is nothing or the run has a new owner. */
    private Outcome handedOver(RunProgress progress) throws SliceAbandonedException {
        boolean nothingDone = events.meanLossNats() == null;
        if (nothingDone || watch.demand() == Demand.ABANDON) {
            throw new SliceAbandonedException(run.runId(), job.slice());
        }
        events.withoutEvaluationAt(progress.step());
        UnsavedState state = unsaved(progress, false);
        int completed = pointer == null ? CheckpointPointer.NONE : pointer.slice();
        CheckpointPointer inside = CheckpointPointer.atEnd(
                        run, completed, RunState.TRAINING, progress, state.name(), parts.stamp())
                .inside(job.slice());
        return new Outcome(new SliceReport(events.all(), inside, false), state);
    }

    private UnsavedState unsaved(RunProgress progress, boolean kept) {
        Optional<TrainingEvent.HeldOutEvaluated> evaluation = events.heldOutAt(progress.step());
        RunFacts facts = new RunFacts(
                run,
                events.meanLossNats(),
                evaluation.map(TrainingEvent.HeldOutEvaluated::lossNats).orElse(null),
                parts.trainer(),
                parts.clock().now(),
                evaluation.map(TrainingEvent.HeldOutEvaluated::parts).orElse(null));
        return new UnsavedState(parts.store().nameOf(run.runId(), progress, kept), progress, facts);
    }

    /** Of a slice that broke nothing is published but that it broke. */
    private Outcome diverged(String reason) {
        SliceEvents only = new SliceEvents(run);
        only.stateChanged(RunState.DIVERGED, start.step(), reason, parts.clock().now());
        CheckpointPointer before =
                pointer == null ? CheckpointPointer.untrained(run, RunState.PLANNED, parts.stamp()) : pointer;
        return new Outcome(new SliceReport(only.all(), before.withState(RunState.DIVERGED, parts.stamp()), true), null);
    }

    private Outcome diverged(TrainedStep step) {
        String what = "loss %s and gradient norm %s".formatted(step.lossNats(), step.gradientNorm());
        return diverged(at(what, step.after(), step.learningRate()));
    }

    private static String at(String what, RunProgress after, double learningRate) {
        return "%s at step %d with learning rate %s".formatted(what, after.step(), learningRate);
    }
}
