package org.plmfrontier.fitting.frontier;

import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** A method's frontier as a function of the budget. Implementations are immutable. */
public interface FrontierAt {

    /** Training FLOPs that were really spent: outside of them the frontier extrapolates. */
    Domain observed();

    /** The best model for the budget; not identifiable too far outside what was observed. */
    FitOutcome<FrontierPoint> at(double budgetFlops);

    /** Whether the budget lies outside what was observed. */
    default boolean extrapolates(double budgetFlops) {
        return !observed().contains(budgetFlops);
    }
}
