package org.plmfrontier.fitting.usefulness;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The state with the best metric beside the one with the lowest loss, among those of a budget.
 *
 * @param byMetric best by the metric
 * @param byLoss lowest loss
 * @param among how many states there were
 */
public record BestStates(MeasuredState byMetric, MeasuredState byLoss, int among) {
    private static final double TAIL = 0.025;

    /** Those of states that have a loss; empty where none has. */
    public static Optional<BestStates> of(List<MeasuredState> states, boolean higherIsBetter) {
        List<MeasuredState> known =
                states.stream().filter(state -> state.loss().isPresent()).toList();
        Comparator<MeasuredState> better = Comparator.comparingDouble(MeasuredState::value);
        return known.stream()
                .max(higherIsBetter ? better : better.reversed())
                .map(best -> new BestStates(
                        best,
                        known.stream()
                                .min(Comparator.comparingDouble(
                                        state -> state.loss().orElseThrow()))
                                .orElseThrow(),
                        known.size()));
    }

    /**
     * Whether these are two answers: other states, of metrics whose intervals share no value. The best of many is so by chance
     * too, so the intervals are widened to 95 % for all of the states together (Bonferroni).
     */
    public boolean differ() {
        NormalDistribution normal = new NormalDistribution();
        double wider =
                normal.inverseCumulativeProbability(1 - TAIL / among) / normal.inverseCumulativeProbability(1 - TAIL);
        return byMetric.isApartFrom(byLoss, wider);
    }
}
