package org.plmfrontier.contracts.event;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossParts;

/**
 * A value of the topic training-events, keyed by run id. Everything a trainer says about a slice is published in one
 * transaction: the slice's steps, an evaluation where a budget ends, a state change where there is one, and the
 * {@link SliceCompleted} last. A trainer that must leave in the middle of a slice publishes the steps done in the same
 * way, without the {@link SliceCompleted}; the new owner publishes the rest.
 */
public sealed interface TrainingEvent {
    String studyId();

    String runId();

    /** When it happened, by the publisher's clock. */
    Instant at();

    /** Written by the dataset service when a study is submitted: all that others need to know about the run. */
    record RunPlanned(RunSpec run, Instant at) implements TrainingEvent {
        public RunPlanned {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String studyId() {
            return run.studyId();
        }

        @Override
        public String runId() {
            return run.runId();
        }
    }

    /**
     * One optimiser step.
     *
     * @param step number of the step within the run, from 1
     * @param tokens training tokens seen after the step, cumulative, PAD not counted
     * @param computeFlops training FLOPs after the step, cumulative, unpadded (Table 5)
     * @param executedFlops the same as executed, padding included
     * @param lossNats mean loss over the selected residues of the step, before the update
     * @param gradientNorm global norm before clipping
     */
    @StagedBuilder
    record StepCompleted(
            String studyId,
            String runId,
            long step,
            double tokens,
            double computeFlops,
            double executedFlops,
            double lossNats,
            double learningRate,
            double gradientNorm,
            double tokensPerSecond,
            Instant at)
            implements TrainingEvent {
        public StepCompleted {
            requireCounters(runId, step, tokens, computeFlops, executedFlops);
            if (!Double.isFinite(lossNats) || lossNats < 0) {
                throw new IllegalArgumentException("lossNats of step " + step + " of run " + runId + " is " + lossNats);
            }
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * A slice is done and its checkpoint is safe. The last event of the slice's transaction.
     *
     * @param step optimiser steps done after the slice
     * @param toRecord token-log position reached
     * @param checkpoint name of the checkpoint within the store
     * @param device what it was trained on; null of slices of old
     * @param heldUpSeconds for which training of the run stood still for its checkpoints since the slice before; null where none
     *     was written here before, and of slices of old
     */
    @StagedBuilder
    record SliceCompleted(
            String studyId,
            String runId,
            int slice,
            long step,
            long toRecord,
            double tokens,
            double computeFlops,
            String checkpoint,
            String trainer,
            Instant at,
            @Nullable TrainingDevice device,
            @Nullable Double heldUpSeconds)
            implements TrainingEvent {
        public SliceCompleted {
            requireCounters(runId, step, tokens, computeFlops, computeFlops);
            Objects.requireNonNull(checkpoint, "checkpoint");
            Objects.requireNonNull(trainer, "trainer");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * Held-out loss at the end of a budget: a final point.
     *
     * @param budgetTokens the budget that ended
     * @param tokens tokens really seen, at least the budget less one step
     * @param lossNats mean over all selected residues of the fixed masked held-out set
     * @param selectedResidues how many residues the mean is over
     * @param parts the same loss by what the model saw of each residue; null of causal families, which see no masks, and
     *     of evaluations of old
     */
    @StagedBuilder
    record HeldOutEvaluated(
            String studyId,
            String runId,
            long step,
            double budgetTokens,
            double tokens,
            double computeFlops,
            double lossNats,
            long selectedResidues,
            Instant at,
            @Nullable LossParts parts)
            implements TrainingEvent {
        /** Parts and whole are sums of the same numbers, so no more than rounding may lie between them. */
        private static final double ROUNDING = 1e-6;

        public HeldOutEvaluated {
            requireCounters(runId, step, tokens, computeFlops, computeFlops);
            if (!Double.isFinite(lossNats) || lossNats < 0) {
                throw new IllegalArgumentException("lossNats at step " + step + " of run " + runId + " is " + lossNats);
            }
            Objects.requireNonNull(at, "at");
            if (parts != null && parts.residues() != selectedResidues) {
                throw new IllegalArgumentException("parts at step " + step + " of run " + runId + " have "
                        + parts.residues() + " residues together, selectedResidues is " + selectedResidues);
            }
            if (parts != null && Math.abs(parts.lossNats() - lossNats) > ROUNDING * (1 + lossNats)) {
                throw new IllegalArgumentException("parts at step " + step + " of run " + runId + " have a mean of "
                        + parts.lossNats() + " nats, lossNats is " + lossNats);
            }
        }
    }

    /**
     * The run changed its state.
     *
     * @param step optimiser steps done
     * @param reason one sentence for people; empty where the state says it all
     */
    record RunStateChanged(String studyId, String runId, RunState state, long step, String reason, Instant at)
            implements TrainingEvent {
        public RunStateChanged {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * A checkpoint could not be used: cut short, changed, or of another shape. An older one was taken, or the start, and
     * the steps since were done again. Published with the slice that went on from there.
     *
     * @param step optimiser steps done when the state was needed
     * @param checkpoint name within the store
     * @param reason one sentence
     */
    @StagedBuilder
    record CheckpointRefused(
            String studyId, String runId, long step, String checkpoint, String reason, String trainer, Instant at)
            implements TrainingEvent {
        public CheckpointRefused {
            Objects.requireNonNull(checkpoint, "checkpoint");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(trainer, "trainer");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * A checkpoint was evaluated on a task of its own, whose numbers are no losses. The same evaluation of the same step may
     * be published again; its numbers are the same.
     *
     * @param step optimiser steps of the checkpoint
     * @param tokens training tokens of the checkpoint
     * @param evaluation what was measured
     * @param measures the numbers; empty where the model can not be measured by it, of which {@code findings} say why
     * @param baselines the same metrics of predictors that know nothing of the model, by the predictor's name
     * @param findings what was set apart of the data, or why there is no number, in sentences
     * @param seconds device and host time that it took
     * @param gone why there was no state to evaluate, one sentence; {@code tokens} and {@code computeFlops} are 0 then. Null
     *     where there was one
     * @param relatives of the evaluation's proteins in the corpus of the run; the event says nothing else then, and is of no
     *     state: step, tokens and computeFlops are 0. Null of a state
     */
    @StagedBuilder
    record DownstreamEvaluated(
            String studyId,
            String runId,
            long step,
            double tokens,
            double computeFlops,
            EvaluationSpec evaluation,
            List<Measure> measures,
            Map<String, List<Measure>> baselines,
            List<String> findings,
            double seconds,
            String trainer,
            Instant at,
            @Nullable String gone,
            @Nullable Relatives relatives)
            implements TrainingEvent {

        public DownstreamEvaluated {
            if (relatives != null && (!measures.isEmpty() || step != 0)) {
                throw new IllegalArgumentException(
                        "relatives of run " + runId + " are not of a state, step is " + step);
            }
            if (gone != null && !measures.isEmpty()) {
                throw new IllegalArgumentException("a state of run " + runId + " is gone and has measures: " + gone);
            }
            requireCounters(runId, step, tokens, computeFlops, computeFlops);
            Objects.requireNonNull(evaluation, "evaluation");
            measures = List.copyOf(measures);
            baselines = Collections.unmodifiableMap(new TreeMap<>(baselines));
            findings = List.copyOf(findings);
            if (!(seconds >= 0)) {
                throw new IllegalArgumentException("seconds of an evaluation of run " + runId + " are " + seconds);
            }
            Objects.requireNonNull(trainer, "trainer");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * The run's study was deleted. Written by the dataset service. Whoever reads the log, now or again from its beginning,
     * forgets the run at this place, and what a trainer publishes of it behind this place, because the command had not reached
     * it, is passed over. A further {@link RunPlanned} of the id makes another run.
     *
     * @param reason one sentence for people; empty where none was given
     * @param by who wanted it; empty where nobody said
     */
    record RunDeleted(String studyId, String runId, String reason, String by, Instant at) implements TrainingEvent {
        public RunDeleted {
            Objects.requireNonNull(studyId, "studyId");
            Objects.requireNonNull(runId, "runId");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
        }
    }

    private static void requireCounters(String runId, long step, double tokens, double compute, double executed) {
        if (step < 0
                || !(tokens >= 0)
                || !(compute >= 0)
                || !(executed >= 0)
                || Double.isInfinite(compute + executed)) {
            throw new IllegalArgumentException("impossible counters of run " + runId + ": step " + step + ", tokens "
                    + tokens + ", computeFlops " + compute + ", executedFlops " + executed);
        }
    }
}
