package org.plmfrontier.fitting.analysis;

import java.util.Objects;
import org.plmfrontier.fitting.parametric.Observation;

/**
 * A loss that stands for a finished model.
 *
 * @param loss run, N, D and nats
 * @param computeFlops training FLOPs C
 * @param uniqueTokens unique tokens U that the model has seen, at most D
 */
record FinalLoss(Observation loss, double computeFlops, double uniqueTokens) {
    FinalLoss {
        Objects.requireNonNull(loss, "loss");
        if (!(computeFlops > 0) || Double.isInfinite(computeFlops)) {
            throw new IllegalArgumentException(
                    "computeFlops of run " + loss.run() + " must be positive and finite, got " + computeFlops);
        }
        if (!(uniqueTokens > 0 && uniqueTokens <= loss.tokens())) {
            throw new IllegalArgumentException("uniqueTokens of run " + loss.run() + " must lie in (0, " + loss.tokens()
                    + "], got " + uniqueTokens);
        }
    }

    boolean isWithin(double epochs) {
        return loss.tokens() <= epochs * uniqueTokens;
    }
}
