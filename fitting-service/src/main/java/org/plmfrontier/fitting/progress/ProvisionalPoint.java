package org.plmfrontier.fitting.progress;

import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.event.ProvisionalStep;

/**
 * One step that is not committed.
 *
 * @param step number of the step within the run, from 1
 * @param tokens training tokens seen after the step, cumulative
 * @param computeFlops training FLOPs after the step, cumulative, unpadded
 * @param lossNats nats per residue, before the update
 * @param gradientNorm global norm before clipping
 * @param arrivedNanos when it came, by the steady counter of this process
 */
@StagedBuilder
public record ProvisionalPoint(
        long step,
        double tokens,
        double computeFlops,
        double lossNats,
        double learningRate,
        double gradientNorm,
        long arrivedNanos) {
    static ProvisionalPoint of(ProvisionalStep step, long arrivedNanos) {
        return ProvisionalPointBuilder.builder()
                .step(step.step())
                .tokens(step.tokens())
                .computeFlops(step.computeFlops())
                .lossNats(step.lossNats())
                .learningRate(step.learningRate())
                .gradientNorm(step.gradientNorm())
                .arrivedNanos(arrivedNanos)
                .build();
    }
}
