package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.frontier.Consensus;

/**
 * What the methods together say of a budget.
 *
 * @param outcome FITTED where at least two methods answer and agree
 * @param reason why there is no consensus; null where there is one
 * @param point null where there is none
 */
public record ConsensusView(
        double budgetFlops, String outcome, @Nullable String reason, FrontierView.@Nullable Point point) {

    static ConsensusView of(Consensus consensus) {
        return new ConsensusView(
                consensus.budgetFlops(),
                Outcomes.name(consensus.together()),
                Outcomes.reason(consensus.together()),
                consensus.together().result().map(FrontierView.Point::of).orElse(null));
    }
}
