package org.plmfrontier.fitting.plateau;

import java.util.Objects;

/**
 * One run's verdict with what pooling needs to know of the run.
 *
 * @param runId the run
 * @param parameters its N
 * @param verdict on its curve
 */
public record RunVerdict(String runId, double parameters, PlateauVerdict verdict) {
    public RunVerdict {
        Objects.requireNonNull(runId, "runId");
        if (!(parameters > 0) || Double.isInfinite(parameters)) {
            throw new IllegalArgumentException(
                    "parameters of run " + runId + " must be positive and finite, got " + parameters);
        }
        Objects.requireNonNull(verdict, "verdict");
    }
}
