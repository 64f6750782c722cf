package org.plmfrontier.fitting.prediction;

import java.util.Objects;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.job.Identifiers;

/**
 * What is predicted of one run at one stage: all of it follows from the events of its study up to some place in the log.
 *
 * @param stagePercent that of a {@link Stage}
 * @param computeShare spent FLOPs over planned ones, to six significant digits
 */
@StagedBuilder
public record Prediction(
        String studyId,
        String runId,
        String family,
        int stagePercent,
        PlannedBudget planned,
        double computeShare,
        LossForecast forecast) {

    /** One prediction per run, stage and last budget: a run that is extended is predicted anew for its new end. */
    public record Key(String runId, int stagePercent, double plannedTokens) {}

    public Prediction {
        Identifiers.require("studyId", Objects.requireNonNull(studyId, "studyId"));
        Identifiers.require("runId", Objects.requireNonNull(runId, "runId"));
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(planned, "planned");
        Objects.requireNonNull(forecast, "forecast");
        if (Stage.ofPercent(stagePercent).isEmpty()) {
            throw new IllegalArgumentException("stagePercent of run " + runId + " is no stage, got " + stagePercent);
        }
        if (!(computeShare >= 0) || Double.isInfinite(computeShare)) {
            throw new IllegalArgumentException(
                    "computeShare of run " + runId + " must be finite and not negative, got " + computeShare);
        }
    }

    public Key key() {
        return new Key(runId, stagePercent, planned.tokens());
    }
}
