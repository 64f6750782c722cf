package org.plmfrontier.fitting.frontier;

import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Reads the frontier at chosen budgets off the envelope of approach 1. */
public final class EnvelopeBudgets {
    private EnvelopeBudgets() {}

    /**
     * The frontier at budgets of 1, 2 and 5 times each power of ten within the envelope, its end among them.
     */
    public static FitOutcome<Frontier> frontier(EnvelopeFrontier envelope, Convention convention) {
        throw new UnsupportedOperationException("frontier of " + envelope.domain() + convention);
    }

    /** The frontier at these budgets; not identifiable if one of them lies too far outside the envelope. */
    public static FitOutcome<Frontier> frontier(
            EnvelopeFrontier envelope, Convention convention, double[] budgetsFlops) {
        throw new UnsupportedOperationException("frontier of " + envelope.domain() + convention + budgetsFlops.length);
    }
}
