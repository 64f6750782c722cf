package org.plmfrontier.fitting.usefulness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When the best by a metric is another answer than the best by the loss. */
class BestStatesTest {
    @Test
    void aStateThatIsBetterBeyondItsIntervalIsAnotherAnswer() {
        List<MeasuredState> states = List.of(state("a", 2.5, 0.30, 0.02), state("b", 2.6, 0.40, 0.02));
        BestStates best = BestStates.of(states, true).orElseThrow();
        assertThat(best.byLoss().run()).isEqualTo("a");
        assertThat(best.byMetric().run()).isEqualTo("b");
        assertThat(best.differ()).isTrue();
        assertThat(BestStates.of(states, false).orElseThrow().differ())
                .as("of a perplexity the lower one is the better")
                .isFalse();
    }

    @Test
    void withoutIntervalsOrLossesThereIsNoSecondAnswer() {
        MeasuredState bare = new MeasuredState("b", 1e6, 1e7, 1e14, 2.6, 0.4, null, null);
        assertThat(BestStates.of(List.of(state("a", 2.5, 0.3, 0.02), bare), true)
                        .orElseThrow()
                        .differ())
                .isFalse();
        assertThat(BestStates.of(List.of(new MeasuredState("a", 1e6, 1e7, 1e14, null, 0.4, null, null)), true))
                .isEmpty();
    }

    @Test
    void theBestOfManyAlikeIsSeldomAnotherAnswer() {
        int differ = 0;
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(7919L * seed + 11);
            List<MeasuredState> states = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                states.add(state("r" + i, 2.5 + 0.01 * i, 0.3 + 0.01 * random.nextGaussian(), 0.0196));
            }
            differ += BestStates.of(states, true).orElseThrow().differ() ? 1 : 0;
        }
        assertThat(differ).isLessThanOrEqualTo(20);
    }

    private static MeasuredState state(String run, double loss, double value, double half) {
        return new MeasuredState(run, 1e6, 1e7, 1e14, loss, value, value - half, value + half);
    }
}
