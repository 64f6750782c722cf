package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.FitOutcome;

class EffectiveComputeTest {
    private static final double NOISE = 0.001;
    private static final double FACTOR = 2;

    /** A recipe with which every run ends as one of twice its compute does with the other. */
    private static double better(double parameters, double tokens) {
        return PlantedLosses.hoffmann(Math.sqrt(FACTOR) * parameters, Math.sqrt(FACTOR) * tokens);
    }

    @Test
    void aRecipeThatIsWorthTwiceTheComputeIsSeenAsThat() {
        int held = 0;
        int heldBack = 0;
        for (int seed = 1; seed <= 6; seed++) {
            Forecaster study = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 6, NOISE, seed));
            Forecaster other = Forecaster.of(PlantedLosses.grid(EffectiveComputeTest::better, 6, NOISE, 100 + seed));
            double budget = other.mostComputeFlops();
            EffectiveCompute found =
                    EffectiveCompute.of(study, other, budget).result().orElseThrow();
            EffectiveCompute back =
                    EffectiveCompute.of(other, study, budget).result().orElseThrow();
            held += found.factor().covers(FACTOR) ? 1 : 0;
            heldBack += back.factor().covers(1 / FACTOR) ? 1 : 0;
            assertThat(found.factor().value()).isBetween(1.4, 2.8);
            assertThat(found.beyond()).isGreaterThan(1);
            assertThat(found.factor().high() / found.factor().low())
                    .as("%s", found)
                    .isLessThan(8);
        }
        assertThat(held).isEqualTo(6);
        assertThat(heldBack).isEqualTo(6);
    }

    @Test
    void aStudyIsWorthItself() {
        Forecaster study = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 6, NOISE, 3));
        EffectiveCompute found = EffectiveCompute.of(study, study, study.mostComputeFlops())
                .result()
                .orElseThrow();
        assertThat(found.factor().value()).isBetween(0.97, 1.03);
    }

    @Test
    void aLossThatIsNeverReachedHasNoFactor() {
        Forecaster study = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 6, NOISE, 3));
        Forecaster other = Forecaster.of(PlantedLosses.grid((n, d) -> PlantedLosses.hoffmann(n, d) / 3, 6, NOISE, 4));
        assertThat(EffectiveCompute.of(study, other, other.mostComputeFlops()))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("does not meet"));
    }
}
