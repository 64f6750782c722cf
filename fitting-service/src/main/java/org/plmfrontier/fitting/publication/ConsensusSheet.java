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
public record ConsensusSheet(
        double budgetFlops, String outcome, @Nullable String reason, FrontierSheet.@Nullable Point point) {

    static ConsensusSheet of(Consensus consensus) {
        return new ConsensusSheet(
                consensus.budgetFlops(),
                Outcomes.name(consensus.together()),
                Outcomes.reason(consensus.together()),
                consensus.together().result().map(FrontierSheet.Point::of).orElse(null));
    }
}
