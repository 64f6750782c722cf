package org.plmfrontier.fitting.frontier;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Reads the frontier at chosen budgets off the envelope of approach 1. */
public final class EnvelopeBudgets {
    private EnvelopeBudgets() {}

    /** The frontier at budgets of 1, 2 and 5 times each power of ten within the envelope, and at its end. */
    public static FitOutcome<List<FrontierPoint>> points(EnvelopeFrontier envelope) {
        return points(envelope, Budgets.within(envelope.domain()));
    }

    /** The frontier at those of the budgets that lie near enough to what was trained; not identifiable if none does. */
    public static FitOutcome<List<FrontierPoint>> points(EnvelopeFrontier envelope, double[] budgetsFlops) {
        List<FrontierPoint> points = new ArrayList<>();
        String reason = "no budget was asked for";
        for (double budget : budgetsFlops) {
            switch (point(envelope, budget)) {
                case FitOutcome.Fitted<FrontierPoint> near -> points.add(near.value());
                case FitOutcome.NotIdentifiable<FrontierPoint> far -> reason = far.reason();
                case FitOutcome.NotConverged<FrontierPoint> failure -> reason = failure.reason();
            }
        }
        return points.isEmpty() ? FitOutcome.notIdentifiable(reason) : FitOutcome.fitted(List.copyOf(points));
    }

    private static FitOutcome<FrontierPoint> point(EnvelopeFrontier envelope, double budget) {
        return envelope.parametersAt(budget)
                .flatMap(n -> envelope.tokensAt(budget)
                        .flatMap(d -> envelope.tokensPerParameterAt(budget)
                                .map(ratio -> new FrontierPoint(budget, n, d, ratio, envelope.lossAt(budget)))));
    }
}
