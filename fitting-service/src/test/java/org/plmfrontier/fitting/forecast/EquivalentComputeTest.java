package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.Estimate;

class EquivalentComputeTest {
    private static final double BUDGET = 1e18;

    /** Hoffmann's law is its own predictor, so shares can be computed by hand. */
    private static final LossPredictor LAW = (parameters, tokens) -> {
        double loss = PlantedLosses.hoffmann(parameters, tokens);
        return new Forecast(loss, loss, loss, 1);
    };

    private static double optimum(double computeFlops) {
        return Math.pow(0.34 * 400 / (0.36 * 900), 1 / 0.7) * Math.pow(computeFlops / 6, 0.36 / 0.7);
    }

    private static double least(double computeFlops) {
        return PlantedLosses.hoffmann(optimum(computeFlops), computeFlops / 6 / optimum(computeFlops));
    }

    private static EquivalentCompute atTheBudget() {
        Estimate size = exactly(optimum(BUDGET));
        Estimate tokens = exactly(BUDGET / 6 / optimum(BUDGET));
        Forecast loss = LAW.at(size.value(), tokens.value());
        return new EquivalentCompute(
                LAW, new BestSize(size, tokens, exactly(1), loss, exactly(0), exactly(0), Optional.empty()));
    }

    private static Estimate exactly(double value) {
        return new Estimate(value, value, value, 0.95);
    }

    @Test
    void theLossOfASmallerBudgetNeedsThatBudget() {
        for (double share : new double[] {0.99, 0.9, 0.5, 0.1, 0.01}) {
            assertThat(atTheBudget().shareFor(least(share * BUDGET)).orElseThrow())
                    .as("a loss that the best size has at %s of the budget", share)
                    .isCloseTo(share, within(0.01 * share));
        }
    }

    @Test
    void halfAndTwiceTheSizeOfAFlatBasinCostLittleCompute() {
        double half = PlantedLosses.hoffmann(optimum(BUDGET) / 2, 2 * BUDGET / 6 / optimum(BUDGET));
        double share = atTheBudget().shareFor(half).orElseThrow();
        assertThat(least(share * BUDGET)).isCloseTo(half, within(1e-6));
        assertThat(share).isBetween(0.7, 0.97);
    }

    @Test
    void aLossThatIsNoWorseNeedsAllOfIt() {
        assertThat(atTheBudget().shareFor(least(BUDGET) - 0.01)).hasValue(1);
        assertThat(atTheBudget().shareFor(least(BUDGET)).orElseThrow()).isCloseTo(1, within(1e-3));
    }

    @Test
    void aLossThatNearlyNothingReachesHasNoShare() {
        assertThat(atTheBudget().shareFor(100)).isEmpty();
    }
}
