package org.plmfrontier.dataset.evaluation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;

/**
 * An evaluation of a study, and of which states of its runs it is asked: those at the ends of budgets, and perhaps others.
 *
 * @param everyPercent how far apart the others are, in per cent of a run's training FLOPs; null where there are none
 */
public record PlannedEvaluation(
        EvaluationSpec spec, @Nullable Double everyPercent) {
    /** Closer states than this are refused. */
    public static final double LEAST_PERCENT = 1;

    /** Beyond half of a run there is no state but the end. */
    public static final double MOST_PERCENT = 50;

    public PlannedEvaluation {
        Objects.requireNonNull(spec, "spec");
        if (everyPercent != null && !(everyPercent >= LEAST_PERCENT && everyPercent <= MOST_PERCENT)) {
            throw new IllegalArgumentException(
                    "everyPercent must lie in [" + LEAST_PERCENT + ", " + MOST_PERCENT + "], got " + everyPercent);
        }
    }

    String name() {
        return spec.name();
    }
}
