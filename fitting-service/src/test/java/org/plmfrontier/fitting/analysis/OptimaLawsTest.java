package org.plmfrontier.fitting.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;
import org.plmfrontier.fitting.table.OptimaTable;

class OptimaLawsTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(400, 0.95, 11);
    private static final double A = 0.47;

    private static OptimaTable planted(int budgets, double noise, boolean tokens, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<OptimaTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < budgets; i++) {
            double c = 1e17 * Math.pow(4, i);
            double n = 0.3 * Math.pow(c, A) * Math.exp(noise * random.nextGaussian());
            rows.add(new OptimaTable.Row(
                    i + 2, "", c, n, tokens ? OptionalDouble.of(c / (6 * n)) : OptionalDouble.empty()));
        }
        return new OptimaTable(rows, List.of());
    }

    private static MethodFit fit(OptimaTable table) {
        return OptimaLaws.of(table, BOOTSTRAP).result().orElseThrow();
    }

    @Test
    void plantedExponentsLieInTheirIntervals() {
        int covered = 0;
        for (int seed = 1; seed <= 40; seed++) {
            MethodFit fit = fit(planted(9, 0.05, true, seed));
            Estimate a = fit.a().orElseThrow();
            covered += a.covers(A) ? 1 : 0;
            assertThat(a.value() + fit.b().orElseThrow().value()).isCloseTo(1, within(1e-9));
            assertThat(a.width()).isPositive();
        }
        assertThat(covered).as("of 40 planted tables at seeds 1 to 40").isBetween(34, 40);
    }

    @Test
    void withoutTokensSixNdGivesThemAndAFlagSaysSo() {
        MethodFit fit = fit(planted(6, 0.05, false, 3));
        assertThat(fit.flags()).extracting(Flag::code).contains("D_BY_SIX_ND");
        assertThat(fit.frontier().orElseThrow().points()).allSatisfy(point -> {
            assertThat(6 * point.nOpt().value() * point.dOpt().value())
                    .isCloseTo(point.budgetFlops(), within(1e-6 * point.budgetFlops()));
            assertThat(point.lossNats().result()).isEmpty();
        });
    }

    @Test
    void valuesOfAFormulaHaveTheIntervalOfTheirRounding() {
        MethodFit fit = fit(planted(5, 0, true, 1));
        Estimate a = fit.a().orElseThrow();
        assertThat(a.value()).isCloseTo(A, within(1e-9));
        assertThat(a.width()).isBetween(1e-4, 1e-2);
        assertThat(fit.flags()).extracting(Flag::code).contains("ON_THE_LAW");
        assertThat(fit(planted(5, 0.05, true, 1)).flags())
                .extracting(Flag::code)
                .doesNotContain("ON_THE_LAW");
    }

    @Test
    void twoBudgetsAndMixedGroupsAreRefused() {
        assertThat(OptimaLaws.of(planted(2, 0.05, true, 1), BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("three different"));
        List<OptimaTable.Row> rows = new ArrayList<>(planted(4, 0.05, true, 1).rows());
        rows.add(new OptimaTable.Row(9, "other", 1e20, 1e9, OptionalDouble.empty()));
        assertThatThrownBy(() -> OptimaLaws.of(new OptimaTable(rows, List.of()), BOOTSTRAP))
                .hasMessageContaining("groups");
    }
}
