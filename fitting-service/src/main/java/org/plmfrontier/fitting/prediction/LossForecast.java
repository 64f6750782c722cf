package org.plmfrontier.fitting.prediction;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * What is forecast of a final loss.
 *
 * @param reason why nothing is; null where there is a forecast
 * @param lossNats with its interval, nats per residue, to six significant digits; null where there is none
 * @param losses how many final losses of the run's family were known
 */
public record LossForecast(
        Outcome outcome, @Nullable String reason, @Nullable Estimate lossNats, int losses) {
    /** Whether there is a forecast. */
    public enum Outcome {
        FITTED,
        NOT_IDENTIFIABLE,
        NOT_CONVERGED
    }

    public LossForecast {
        Objects.requireNonNull(outcome, "outcome");
        if ((outcome == Outcome.FITTED) != (lossNats != null) || (outcome == Outcome.FITTED) == (reason != null)) {
            throw new IllegalArgumentException(
                    "outcome is " + outcome + ", lossNats " + lossNats + " and reason " + reason);
        }
        if (lossNats != null && !(lossNats.low() > 0)) {
            throw new IllegalArgumentException("lossNats must lie above 0, got " + lossNats);
        }
        if (losses < 0) {
            throw new IllegalArgumentException("losses must not be negative, got " + losses);
        }
    }
}
