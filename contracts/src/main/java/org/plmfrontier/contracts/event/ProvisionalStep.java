package org.plmfrontier.contracts.event;

import java.time.Instant;
import java.util.Objects;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * One optimiser step as its trainer saw it, before its slice is committed. The same numbers come again as a
 * {@link TrainingEvent.StepCompleted} where the slice is committed, and never where it is not.
 *
 * @param step number of the step within the run, from 1
 * @param tokens training tokens seen after the step, cumulative, PAD not counted
 * @param computeFlops training FLOPs after the step, cumulative, unpadded (Table 5)
 * @param executedFlops the same as executed, padding included
 * @param lossNats mean loss over the selected residues of the step, before the update
 * @param gradientNorm global norm before clipping
 * @param at by the trainer's clock, which may be wrong: readers age a step by its arrival
 */
@StagedBuilder
public record ProvisionalStep(
        long step,
        double tokens,
        double computeFlops,
        double executedFlops,
        double lossNats,
        double learningRate,
        double gradientNorm,
        Instant at) {
    public ProvisionalStep {
        if (step < 1) {
            throw new IllegalArgumentException("step must be positive, got " + step);
        }
        requireCount("tokens", step, tokens);
        requireCount("computeFlops", step, computeFlops);
        requireCount("executedFlops", step, executedFlops);
        requireCount("lossNats", step, lossNats);
        requireCount("learningRate", step, learningRate);
        requireCount("gradientNorm", step, gradientNorm);
        Objects.requireNonNull(at, "at");
    }

    private static void requireCount(String field, long step, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    field + " of provisional step " + step + " must be finite and not negative, got " + value);
        }
    }
}
