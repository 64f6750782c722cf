package org.plmfrontier.fitting.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.forecast.EffectiveCompute;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.PlantedLosses;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

class LossComparisonTest {
    private static final double NOISE = 0.001;
    private static final int TRIES = 8;
    private static final double LEVEL = Forecaster.LEVEL;

    @Test
    void aPlantedFactorIsHeldByItsIntervalAndItsDifferenceOfLossesToo() {
        double factor = 2;
        int held = 0;
        int heldLoss = 0;
        for (int seed = 1; seed <= TRIES; seed++) {
            Forecaster first = forecaster(PlantedLosses::hoffmann, seed);
            Forecaster other = forecaster(worth(factor), 100 + seed);
            double budget = first.mostComputeFlops();
            LossComparison found = LossComparison.of(first, other, budget);
            held += found.factor().orElseThrow().covers(factor) ? 1 : 0;
            heldLoss += found.lossNats()
                            .covers(leastLoss(worth(factor), budget) - leastLoss(PlantedLosses::hoffmann, budget))
                    ? 1
                    : 0;
            assertThat(found.lossNats().value()).isNegative();
        }
        assertThat(held).isGreaterThanOrEqualTo(TRIES - 1);
        assertThat(heldLoss).isGreaterThanOrEqualTo(TRIES - 1);
    }

    @Test
    void studiesOfOneLawAreNotToldApart() {
        int apart = 0;
        for (int seed = 1; seed <= TRIES; seed++) {
            Forecaster first = forecaster(PlantedLosses::hoffmann, seed);
            Forecaster other = forecaster(PlantedLosses::hoffmann, 100 + seed);
            apart += LossComparison.of(first, other, first.mostComputeFlops()).standing() == Standing.NOT_TOLD_APART
                    ? 0
                    : 1;
        }
        assertThat(apart).isLessThanOrEqualTo(1);
    }

    @Test
    void aMuchBetterStudyIsBetterAndTheOtherWayRoundWorse() {
        Forecaster first = forecaster(PlantedLosses::hoffmann, 1);
        Forecaster other = forecaster(worth(16), 101);
        double budget = first.mostComputeFlops();
        LossComparison better = LossComparison.of(first, other, budget);
        LossComparison worse = LossComparison.of(other, first, budget);
        assertThat(better.standing()).isEqualTo(Standing.BETTER);
        assertThat(better.factor().orElseThrow().covers(16)).isTrue();
        assertThat(better.sentence("old", "new"))
                .startsWith("new is better than old at ")
                .contains(
                        "the loss of new less that of old is -0.",
                        "] nats, and old needs ",
                        " times the compute for it");
        assertThat(worse.standing()).isEqualTo(Standing.WORSE);
        assertThat(worse.sentence("new", "old"))
                .startsWith("old is worse than new at ")
                .contains(" less that of new is +0.");
    }

    @Test
    void bothIntervalsHaveToLeaveOutThatTheyAreAlike() {
        Estimate lower = new Estimate(-0.02, -0.03, -0.01, LEVEL);
        assertThat(comparison(lower, new Estimate(1.5, 1.1, 2, LEVEL)).standing())
                .isEqualTo(Standing.BETTER);
        assertThat(comparison(lower, new Estimate(1.5, 0.9, 2, LEVEL)).standing())
                .isEqualTo(Standing.NOT_TOLD_APART);
        assertThat(comparison(new Estimate(-0.02, -0.05, 0.01, LEVEL), new Estimate(1.5, 1.1, 2, LEVEL))
                        .standing())
                .isEqualTo(Standing.NOT_TOLD_APART);
    }

    @Test
    void aLossThatIsNeverReachedIsTheDifferenceAlone() {
        LossComparison found = new LossComparison(
                1e18, new Estimate(-0.9, -1, -0.8, LEVEL), FitOutcome.notIdentifiable("they do not meet"));
        assertThat(found.standing()).isEqualTo(Standing.BETTER);
        assertThat(found.sentence("a", "b"))
                .isEqualTo(
                        "b is better than a at 1.00e+18 FLOPs (6 N D): the loss of b less that of a is -0.9000 [-1.0000, -0.8000] nats,"
                                + " and the factor of compute is not determined");
    }

    private static LossComparison comparison(Estimate loss, Estimate factor) {
        return new LossComparison(
                1e18, loss, FitOutcome.fitted(new EffectiveCompute(1e18, new Estimate(2, 1.9, 2.1, LEVEL), factor, 1)));
    }

    private static Forecaster forecaster(DoubleBinaryOperator law, long seed) {
        return Forecaster.of(PlantedLosses.grid(law, 6, NOISE, seed));
    }

    /** A recipe with which every run ends as one of so many times its compute does with the other. */
    private static DoubleBinaryOperator worth(double factor) {
        return (parameters, tokens) ->
                PlantedLosses.hoffmann(Math.sqrt(factor) * parameters, Math.sqrt(factor) * tokens);
    }

    /** Over a fine grid of sizes. */
    private static double leastLoss(DoubleBinaryOperator law, double computeFlops) {
        double least = Double.POSITIVE_INFINITY;
        for (double n = 1e4; n < 1e11; n *= 1.01) {
            least = Math.min(least, law.applyAsDouble(n, computeFlops / 6 / n));
        }
        return least;
    }
}
