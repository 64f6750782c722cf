package org.plmfrontier.trainer.slice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEventCheckpointRefusedBuilder;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.event.TrainingEventStepCompletedBuilder;
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
        events.add(TrainingEventStepCompletedBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .step(after.step())
                .tokens(after.tokens())
                .computeFlops(after.computeFlops())
                .executedFlops(after.executedFlops())
                .lossNats(step.lossNats())
                .learningRate(step.learningRate())
                .gradientNorm(step.gradientNorm())
                .tokensPerSecond(tokensPerSecond)
                .at(at)
                .build());
    }

    void heldOutEvaluated(double budgetTokens, RunProgress progress, HeldOutResult result, Instant at) {
        events.add(TrainingEventHeldOutEvaluatedBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .step(progress.step())
                .budgetTokens(budgetTokens)
                .tokens(progress.tokens())
                .computeFlops(progress.computeFlops())
                .lossNats(result.lossNats())
                .selectedResidues(result.selectedResidues())
                .at(at)
                .parts(result.parts())
                .build());
    }

    /** Leaves the evaluation at this step to whoever continues behind it. */
    void withoutEvaluationAt(long step) {
        events.removeIf(
                event -> event instanceof TrainingEvent.HeldOutEvaluated evaluation && evaluation.step() == step);
    }

    void checkpointRefused(CheckpointRefusedException refusal, long step, Stamp stamp) {
        events.add(TrainingEventCheckpointRefusedBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .step(step)
                .checkpoint(refusal.name())
                .reason(refusal.reason())
                .trainer(stamp.trainer())
                .at(stamp.at())
                .build());
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
        events.add(TrainingEventSliceCompletedBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .slice(job.slice())
                .step(progress.step())
                .toRecord(job.toRecord())
                .tokens(progress.tokens())
                .computeFlops(progress.computeFlops())
                .checkpoint(checkpoint)
                .trainer(stamp.trainer())
                .at(stamp.at())
                .device(parts.device().in(run.recipe().precision()))
                .heldUpSeconds(parts.heldUpTimes().take(run.runId()))
                .build());
    }
}
