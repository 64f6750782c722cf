package org.plmfrontier.fitting.progress;

import java.time.Duration;

/**
 * How much of what is not committed is kept.
 *
 * @param limit age, by arrival, at which a step that was not committed is dropped
 * @param pointsPerRun most points of a run; of more, every second, fourth ... step is kept
 * @param points most points of all runs together; of more, those of the run that was silent longest go first
 */
public record ProgressSettings(Duration limit, int pointsPerRun, int points) {
    public ProgressSettings {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("limit must be positive, got " + limit);
        }
        if (pointsPerRun < 2 || points < pointsPerRun) {
            throw new IllegalArgumentException(
                    "pointsPerRun must be at least 2 and points no fewer, got " + pointsPerRun + " and " + points);
        }
    }
}
