package org.plmfrontier.fitting.publication;

import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.study.RecordedStep;

/**
 * One step of a run with all that its trainer measured. Flat as the points of curves, since a page reads thousands.
 *
 * @param step number of the step within the run, from 1
 * @param tokens training tokens seen after the step
 * @param computeFlops training FLOPs after the step, unpadded
 * @param executedFlops the same as executed, padding included
 * @param lossNats mean loss of the step, before the update
 * @param learningRate null where it is not known
 * @param gradientNorm global norm before clipping; null of imported runs
 * @param tokensPerSecond null of imported runs
 * @param at when it was done, by the trainer's clock; null of imported runs
 */
@StagedBuilder
public record StepView(
        long step,
        double tokens,
        double computeFlops,
        double executedFlops,
        double lossNats,
        @Nullable Double learningRate,
        @Nullable Double gradientNorm,
        @Nullable Double tokensPerSecond,
        @Nullable Instant at) {

    public static StepView of(RecordedStep step) {
        CurvePoint point = step.point();
        return StepViewBuilder.builder()
                .step(point.step())
                .tokens(point.tokens())
                .computeFlops(point.computeFlops())
                .executedFlops(point.executedFlops())
                .lossNats(point.lossNats())
                .learningRate(known(point.learningRate()))
                .gradientNorm(known(step.gradientNorm()))
                .tokensPerSecond(known(step.tokensPerSecond()))
                .at(step.at().orElse(null))
                .build();
    }

    private static @Nullable Double known(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
