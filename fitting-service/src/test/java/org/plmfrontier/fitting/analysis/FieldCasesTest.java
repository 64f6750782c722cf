package org.plmfrontier.fitting.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.TableReader;

/**
 * Tables on which the methods once answered wrongly. Unless said otherwise their law is 1.7 + 400 / N^.34 + 1800 / D^.36, so
 * that a = .36 / .70.
 */
class FieldCasesTest {
    private static final double TRUE_A = 0.36 / 0.70;

    private static StudyData table(String name) {
        InputStream file = Objects.requireNonNull(
                FieldCasesTest.class.getResourceAsStream("/cases/fit/" + name + ".csv"), "no case " + name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return TableStudy.of(TableReader.read(lines.lines(), ColumnMapping.usual()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FitOutcome<MethodFit> outcome(String name, Method method, long seed) {
        return Analyses.fit(table(name), method, new Bootstrap(200, 0.95, seed));
    }

    private static MethodFit fit(String name, Method method, long seed) {
        FitOutcome<MethodFit> outcome = outcome(name, method, seed);
        return outcome.result().orElseThrow(() -> new AssertionError(outcome));
    }

    private static Estimate a(String name, Method method) {
        return fit(name, method, 1).a().orElseThrow();
    }

    private static void notIdentifiable(String name, Method method, String reason) {
        assertThat(outcome(name, method, 1))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains(reason));
    }

    private static PlateauVerdict verdict(String name, String run) {
        return Objects.requireNonNull(
                ((VerdictsFit) fit(name, Method.PLATEAU, 1)).verdicts().get(run));
    }

    /** 240 single losses: with one shifted stream, seed 3 gave [5.94e9, 6.18e9] and seed 4 [6.02e9, 6.43e9]. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everySeedGivesAnIntervalOnBothSidesOfTheOptimum(long seed) {
        Estimate size = fit("bootstrap_windows", Method.A3, seed)
                .frontier()
                .orElseThrow()
                .at()
                .orElseThrow()
                .at(5e21)
                .result()
                .orElseThrow()
                .nOpt();
        assertThat(size.covers(6.17e9)).isTrue();
        assertThat(size.width()).isBetween(5e8, 1.2e9);
        assertThat(Math.min(size.value() - size.low(), size.high() - size.value()))
                .isGreaterThan(0.25 * size.width());
    }

    @Test
    void endSizesDoNotFlattenTheEnvelope() {
        Estimate a = a("envelope_edges", Method.A1);
        assertThat(a.covers(TRUE_A)).as("%s", a).isTrue();
        assertThat(a.value()).isCloseTo(TRUE_A, within(0.005));
    }

    @Test
    void twoSizesOfWhichOneEndsDetermineNoEnvelope() {
        notIdentifiable("envelope_no_width", Method.A1, "runs that end or begin");
        notIdentifiable("envelope_no_width", Method.LC, "runs that end or begin");
    }

    @Test
    void curvesAreNoIndependentBudgets() {
        Estimate a = a("dense_curves_a2", Method.A2);
        assertThat(a.covers(TRUE_A)).as("%s", a).isTrue();
        assertThat(a.width()).isBetween(0.05, 0.2);
    }

    @Test
    void realFlopsScatterAroundFiveBudgets() {
        MethodFit fit = fit("isoflop_budgets_scatter_3pct", Method.A2, 1);
        assertThat(fit.used()).isEqualTo(5);
        assertThat(fit.a().orElseThrow().value()).isCloseTo(0.51, within(0.01));
    }

    @Test
    void threeSizesFixTheFormExactlyAndDetermineNothing() {
        notIdentifiable("three_sizes_a3", Method.A3, "a further size");
        notIdentifiable("three_sizes_a3", Method.KAPLAN, "a further size");
    }

    @Test
    void aFirstLossNearTheLogarithmOfTheVocabularyIsNoMinimum() {
        assertThat(verdict("first_step_spike", "r")).isInstanceOf(PlateauVerdict.NotYet.class);
    }

    @Test
    void aBlankRateIsNoDeadRate() {
        for (String run : new String[] {"r1e+07", "r1e+08"}) {
            assertThat(verdict("lr_blank_on_eval_rows", run)).isInstanceOf(PlateauVerdict.NotYet.class);
        }
    }
}
