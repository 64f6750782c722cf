package org.plmfrontier.fitting.plateau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

class PooledPlateauTest {
    private static RunVerdict at(double n, PlateauVerdict verdict) {
        return new RunVerdict("run-" + n, n, verdict);
    }

    private static PlateauVerdict floor(double nats, double flopsTo100) {
        return new PlateauVerdict.Plateau(
                "flat", new Estimate(nats, nats - 0.01, nats + 0.01, 0.95), flopsTo100 / 4, flopsTo100 / 2, flopsTo100);
    }

    private static PlateauVerdict falling() {
        return new PlateauVerdict.NotYet("falls");
    }

    private static PlateauVerdict pooled(RunVerdict... runs) {
        return PooledPlateau.of(List.of(runs)).verdict();
    }

    @Test
    void floorsOfDifferentSizesThatMeetAreAPlateauOfTheData() {
        assertThat(pooled(at(4e6, floor(2.41, 3e15)), at(1e6, floor(2.40, 2e15)), at(2e6, floor(2.405, 1e15))))
                .isInstanceOfSatisfying(PlateauVerdict.Plateau.class, plateau -> {
                    assertThat(plateau.lInf().value()).isCloseTo(2.405, within(1e-9));
                    assertThat(plateau.lInf().low()).isEqualTo(2.39);
                    assertThat(plateau.lInf().high()).isEqualTo(2.42);
                    assertThat(plateau.flopsTo100()).isEqualTo(1e15);
                });
    }

    @Test
    void floorsThatFallWithTheSizeAreTheModelsAndNotThePlateauOfTheData() {
        assertThat(pooled(at(1e6, floor(2.5, 1e15)), at(2e6, floor(2.4, 1e15)), at(8e6, floor(2.3, 1e15))))
                .isInstanceOfSatisfying(
                        PlateauVerdict.NotYet.class, v -> assertThat(v.reason()).contains("fall with the size"));
        assertThat(pooled(at(1e6, floor(2.3, 1e15)), at(2e6, floor(2.4, 1e15)), at(8e6, floor(2.5, 1e15))))
                .isInstanceOf(PlateauVerdict.Undecided.class);
    }

    @Test
    void agreementNeedsThreeSizesThatSpanAFactorFour() {
        assertThat(pooled(at(1e6, floor(2.4, 1e15)), at(8e6, floor(2.4, 1e15))))
                .isInstanceOf(PlateauVerdict.Undecided.class);
        assertThat(pooled(at(1e6, floor(2.4, 1e15)), at(1.5e6, floor(2.4, 1e15)), at(2e6, floor(2.4, 1e15))))
                .isInstanceOf(PlateauVerdict.Undecided.class);
    }

    @Test
    void aLargerRunThatStillFallsForbidsAPlateauAndASmallerOneDoesNot() {
        RunVerdict[] floors = {at(1e6, floor(2.4, 1e15)), at(2e6, floor(2.4, 1e15)), at(8e6, floor(2.4, 1e15))};
        assertThat(pooled(floors[0], floors[1], floors[2], at(9e6, falling())))
                .isInstanceOfSatisfying(
                        PlateauVerdict.NotYet.class, v -> assertThat(v.reason()).contains("run-9000000.0"));
        assertThat(pooled(floors[0], floors[1], floors[2], at(5e5, falling())))
                .isInstanceOf(PlateauVerdict.Plateau.class);
    }

    @Test
    void aMajorityDecidesOnSchedulesAndOverfittingAndTheUndecidedHaveNoVote() {
        PlateauVerdict dead = new PlateauVerdict.ScheduleLimited("dead", 0.01);
        PlateauVerdict undecided = new PlateauVerdict.Undecided("short");
        assertThat(pooled(at(1e6, dead), at(2e6, dead), at(3e6, falling()), at(4e6, undecided)))
                .isInstanceOf(PlateauVerdict.ScheduleLimited.class);
        assertThat(pooled(at(1e6, new PlateauVerdict.Overfitting("up", 2.1, 1e15)), at(2e6, undecided)))
                .isInstanceOfSatisfying(
                        PlateauVerdict.Overfitting.class,
                        v -> assertThat(v.minimumNats()).isEqualTo(2.1));
        assertThat(pooled(at(1e6, undecided))).isInstanceOf(PlateauVerdict.Undecided.class);
        assertThat(pooled(at(1e6, new PlateauVerdict.Diverged("lost")), at(2e6, undecided)))
                .isInstanceOf(PlateauVerdict.Diverged.class);
    }

    @Test
    void costsOfThePlateauGiveSizesForABudgetAndRefuseToExtrapolate() {
        List<RunVerdict> runs = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            double jitter = 1 + 0.01 * (i % 3 - 1);
            runs.add(at(i * 1e6, floor(2.4, (1e15 + 2e9 * i * 1e6) * jitter)));
        }
        PlateauCosts costs = PlateauCosts.of(runs).result().orElseThrow().get(2);
        assertThat(costs.share()).isEqualTo(1);
        Estimate size = costs.sizeFor(1e15 + 2e9 * 5e6, 0.95).result().orElseThrow();
        assertThat(size.covers(5e6)).isTrue();
        assertThat(size.width()).isLessThan(1e6);
        assertThat(costs.parabola().result().orElseThrow().at(4e6, 0.95).covers(1e15 + 2e9 * 4e6))
                .isTrue();
        assertThat(costs.sizeFor(1e18, 0.95))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("factor 2.0 outside"));
        assertThat(PlateauCosts.of(runs.subList(0, 2))).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void costsThatDoNotDependOnTheSizeGiveNoSize() {
        List<RunVerdict> runs = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            runs.add(at(i * 1e6, floor(2.4, 1e15 * (1 + 0.1 * (i % 2)))));
        }
        assertThat(PlateauCosts.of(runs).result().orElseThrow().get(0).sizeFor(3e14, 0.95))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("do not depend on N"));
    }
}
