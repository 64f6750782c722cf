package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** How an analysis ended, in words. */
final class Outcomes {
    private Outcomes() {}

    /** FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED. */
    static String name(FitOutcome<?> outcome) {
        return switch (outcome) {
            case FitOutcome.Fitted<?> ignored -> "FITTED";
            case FitOutcome.NotIdentifiable<?> ignored -> "NOT_IDENTIFIABLE";
            case FitOutcome.NotConverged<?> ignored -> "NOT_CONVERGED";
        };
    }

    /** Why there is no result; null where there is one. */
    static @Nullable String reason(FitOutcome<?> outcome) {
        return switch (outcome) {
            case FitOutcome.Fitted<?> ignored -> null;
            case FitOutcome.NotIdentifiable<?> refusal -> refusal.reason();
            case FitOutcome.NotConverged<?> failure -> failure.reason();
        };
    }
}
