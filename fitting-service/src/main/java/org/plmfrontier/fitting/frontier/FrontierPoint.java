package org.plmfrontier.fitting.frontier;

import java.util.Objects;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * The compute-optimal model for one budget.
 *
 * @param budgetFlops training FLOPs to spend
 * @param nOpt best number of parameters
 * @param dOpt best number of tokens
 * @param tokensPerParameter their ratio
 * @param lossNats expected loss, nats per residue, or why there is none
 */
public record FrontierPoint(
        double budgetFlops, Estimate nOpt, Estimate dOpt, Estimate tokensPerParameter, FitOutcome<Estimate> lossNats) {
    public FrontierPoint {
        if (!(budgetFlops > 0) || Double.isInfinite(budgetFlops)) {
            throw new IllegalArgumentException("budgetFlops must be positive and finite, got " + budgetFlops);
        }
        Objects.requireNonNull(nOpt, "nOpt");
        Objects.requireNonNull(dOpt, "dOpt");
        Objects.requireNonNull(tokensPerParameter, "tokensPerParameter");
        Objects.requireNonNull(lossNats, "lossNats");
    }
}
