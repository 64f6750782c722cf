package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** How long a study has been trained: from its submission until now, or until its last run was over. */
public final class TrainingTime {
    private TrainingTime() {}

    /**
     * The time of a study.
     *
     * @param study {@code GET /studies/{id}} of the dataset service
     */
    public static Duration of(JsonNode study, Instant now) {
        Instant end = now;
        if (study.path("state").asText().equals("COMPLETED")) {
            end = Instant.EPOCH;
            for (JsonNode run : study.path("runs")) {
                Instant updated = Instant.parse(run.get("updatedAt").asText());
                end = updated.isAfter(end) ? updated : end;
            }
        }
        Duration time = Duration.between(Instant.parse(study.get("createdAt").asText()), end);
        return time.isNegative() ? Duration.ZERO : time;
    }
}
