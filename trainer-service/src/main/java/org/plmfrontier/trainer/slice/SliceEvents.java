package org.plmfrontier.trainer.slice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.Stamp;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.heldout.HeldOutResult;

/** Gathers the events of one slice in order. Not thread-safe. */
final class SliceEvents {
    private final RunSpec run;
    private final List<TrainingEvent> events = new ArrayList<>();

    SliceEvents(RunSpec run) {
        this.run = run;
    }

    List<TrainingEvent> all() {
        return events;
    }

    void stateChanged(RunState state, long step, String reason, Instant at) {
        events.add(new TrainingEvent.RunStateChanged(run.studyId(), run.runId(), state, step, reason, at));
    }

    void stepCompleted(TrainedStep step, double tokensPerSecond, Instant at) {
        RunProgress after = step.after();
        events.add(new TrainingEvent.StepCompleted(
                run.studyId(),
                run.runId(),
                after.step(),
                after.tokens(),
                after.computeFlops(),
                after.executedFlops(),
                step.lossNats(),
                step.learningRate(),
                step.gradientNorm(),
                tokensPerSecond,
                at));
    }

    void heldOutEvaluated(double budgetTokens, RunProgress progress, HeldOutResult result, Instant at) {
        events.add(new TrainingEvent.HeldOutEvaluated(
                run.studyId(),
                run.runId(),
                progress.step(),
                budgetTokens,
                progress.tokens(),
                progress.computeFlops(),
                result.lossNats(),
                result.selectedResidues(),
                at,
                result.parts()));
    }

    /** Leaves the evaluation at this step to whoever continues behind it. */
    void withoutEvaluationAt(long step) {
        events.removeIf(
                event -> event instanceof TrainingEvent.HeldOutEvaluated evaluation && evaluation.step() == step);
    }

    void checkpointRefused(CheckpointRefusedException refusal, long step, Stamp stamp) {
        events.add(new TrainingEvent.CheckpointRefused(
                run.studyId(), run.runId(), step, refusal.name(), refusal.reason(), stamp.trainer(), stamp.at()));
    }

    /** Mean loss of the steps gathered here, where there are any. */
    @Nullable
    Double meanLossNats() {
        OptionalDouble mean = events.stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .mapToDouble(event -> ((TrainingEvent.StepCompleted) event).lossNats())
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    /** The held-out evaluation at a step, where there was one. */
    Optional<TrainingEvent.HeldOutEvaluated> heldOutAt(long step) {
        return events.stream()
                .filter(TrainingEvent.HeldOutEvaluated.class::isInstance)
                .map(TrainingEvent.HeldOutEvaluated.class::cast)
                .filter(evaluation -> evaluation.step() == step)
                .findFirst();
    }

    void sliceCompleted(BatchJob job, RunProgress progress, String checkpoint, TrainerParts parts) {
        Stamp stamp = parts.stamp();
        events.add(new TrainingEvent.SliceCompleted(
                run.studyId(),
                run.runId(),
                job.slice(),
                progress.step(),
                job.toRecord(),
                progress.tokens(),
                progress.computeFlops(),
                checkpoint,
                stamp.trainer(),
                stamp.at(),
                parts.device().in(run.recipe().precision())));
    }
}
