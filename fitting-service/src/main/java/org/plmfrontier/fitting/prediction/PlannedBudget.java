package org.plmfrontier.fitting.prediction;

import org.plmfrontier.fitting.study.Run;

/**
 * What a run is planned to be, up to its last budget.
 *
 * @param parameters N, Table 6
 * @param tokens D of the last budget
 * @param computeFlops training FLOPs up to there, unpadded
 */
public record PlannedBudget(double parameters, double tokens, double computeFlops) {
    public PlannedBudget {
        positive("parameters", parameters);
        positive("tokens", tokens);
        positive("computeFlops", computeFlops);
    }

    static PlannedBudget of(Run run) {
        return new PlannedBudget(run.parameters(), run.budgetTokens(), run.expectedFlops());
    }

    private static void positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be positive and finite, got " + value);
        }
    }
}
