package org.plmfrontier.fitting.usefulness;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The state with the best metric beside the one with the lowest loss, among those of a budget.
 *
 * @param byMetric best by the metric
 * @param byLoss lowest loss
 */
public record BestStates(MeasuredState byMetric, MeasuredState byLoss) {
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
                                .orElseThrow()));
    }

    /** Whether these are two answers: other states, of metrics whose intervals share no value. */
    public boolean differ() {
        return byMetric.isApartFrom(byLoss);
    }
}
