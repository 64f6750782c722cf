package org.plmfrontier.fitting.frontier;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Reads the frontier at chosen budgets off the envelope of approach 1. */
public final class EnvelopeBudgets {
    /** Name of the method in results. */
    public static final String METHOD = "a1";

    private EnvelopeBudgets() {}

    /** The frontier at budgets of 1, 2 and 5 times each power of ten within the envelope, and at its end. */
    public static FitOutcome<Frontier> frontier(EnvelopeFrontier envelope, Convention convention) {
        return frontier(envelope, convention, Budgets.within(envelope.domain()));
    }

    /** The frontier at these budgets; not identifiable if one of them lies too far outside the envelope. */
    public static FitOutcome<Frontier> frontier(
            EnvelopeFrontier envelope, Convention convention, double[] budgetsFlops) {
        FitOutcome<List<FrontierPoint>> points = FitOutcome.fitted(List.of());
        for (double budget : budgetsFlops) {
            points = points.flatMap(before -> point(envelope, budget).map(point -> appended(before, point)));
        }
        return points.map(all -> new Frontier(
                METHOD, convention, all, envelope.a(), envelope.b(), envelope.bootstrap(), envelope.flags()));
    }

    private static FitOutcome<FrontierPoint> point(EnvelopeFrontier envelope, double budget) {
        return envelope.parametersAt(budget)
                .flatMap(n -> envelope.tokensAt(budget)
                        .flatMap(d -> envelope.tokensPerParameterAt(budget)
                                .map(ratio -> new FrontierPoint(budget, n, d, ratio, envelope.lossAt(budget)))));
    }

    private static List<FrontierPoint> appended(List<FrontierPoint> before, FrontierPoint point) {
        List<FrontierPoint> all = new ArrayList<>(before);
        all.add(point);
        return all;
    }
}
