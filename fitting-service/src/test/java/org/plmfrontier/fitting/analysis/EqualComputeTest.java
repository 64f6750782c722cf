package org.plmfrontier.fitting.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.TableReader;

class EqualComputeTest {
    private static final HoffmannLaw LAW = new HoffmannLaw(Math.log(1.8), Math.log(300), Math.log(900), 0.33, 0.31);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 2);

    private static StudyData study(List<String> lines) {
        return TableStudy.of(TableReader.read(lines.stream(), ColumnMapping.usual()));
    }

    private static Estimate exponent(StudyData study) {
        return Analyses.fit(study, Method.A2, BOOTSTRAP)
                .result()
                .orElseThrow(() -> new AssertionError(Analyses.fit(study, Method.A2, BOOTSTRAP)))
                .a()
                .orElseThrow();
    }

    /** Seven sizes at each of nine budgets that were meant, with the FLOPs that were really spent. */
    private static List<String> nineBudgets(double scatter, double step) {
        SplittableRandom random = new SplittableRandom(4);
        List<String> lines = new ArrayList<>(List.of("run,N,D,C,loss"));
        for (int budget = 0; budget < 9; budget++) {
            double meant = 1e17 * Math.pow(step, budget);
            for (int i = -3; i <= 3; i++) {
                double n = LAW.parametersAt(meant) * Math.pow(1.5, i);
                double c = meant * Math.exp(scatter * random.nextGaussian());
                double loss = LAW.lossAt(n, c / (6 * n)) + 0.002 * random.nextGaussian();
                lines.add("b" + budget + "n" + i + "," + n + "," + c / (6 * n) + "," + c + "," + loss);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.005, 0.03, 0.06})
    void flopsThatScatterAroundABudgetShareIt(double scatter) {
        StudyData study = study(nineBudgets(scatter, 3));
        assertThat(study.profiles())
                .hasSize(9)
                .allSatisfy(p -> assertThat(p.points()).hasSize(7));
        assertThat(exponent(study).covers(LAW.a())).as("%s", exponent(study)).isTrue();
        assertThat(exponent(study).value()).isCloseTo(LAW.a(), within(0.02));
    }

    @Test
    void budgetsThatAreHalfAsFarApartAreTheirOwn() {
        assertThat(study(nineBudgets(0.02, 1.7)).profiles()).hasSize(9);
    }

    @Test
    void oneRowMoreOrLessChangesNothingElse() {
        List<String> lines = nineBudgets(0.03, 3);
        List<String> fewer = lines.subList(0, lines.size() - 1);
        assertThat(study(fewer).profiles()).hasSize(9);
        List<String> more = new ArrayList<>(lines);
        more.add("alone,5e7,1e10,3e18," + LAW.lossAt(5e7, 1e10));
        assertThat(study(more).profiles()).hasSize(9);
        assertThat(exponent(study(fewer)).value())
                .isCloseTo(exponent(study(lines)).value(), within(0.01));
    }

    @Test
    void lossesThatCoverComputeEvenlyShareNoBudget() {
        SplittableRandom random = new SplittableRandom(9);
        List<String> lines = new ArrayList<>(List.of("run,N,D,loss"));
        for (int i = 0; i < 240; i++) {
            double n = 1e7 * Math.pow(300, random.nextDouble());
            double d = 1e8 * Math.pow(1000, random.nextDouble());
            lines.add("p" + i + "," + n + "," + d + "," + LAW.lossAt(n, d));
        }
        assertThat(study(lines).profiles()).isEmpty();
        assertThat(Analyses.fit(study(lines), Method.A2, BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("three sizes"));
    }

    /** Nine curves; each run is better or worse than its size as a whole. */
    private static List<String> curves(int rows, double runNoise, String rate, double epochs) {
        SplittableRandom random = new SplittableRandom(11);
        List<String> lines = new ArrayList<>(List.of("run,N,D,loss,lr,epochs"));
        for (int size = 0; size < 9; size++) {
            double n = 3e6 * Math.pow(1.8, size);
            double off = runNoise * random.nextGaussian();
            for (int row = 1; row <= rows; row++) {
                double d = 3e10 * row / rows;
                lines.add(String.format(
                        Locale.ROOT,
                        "r%d,%f,%f,%f,%s,%f",
                        size,
                        n,
                        d,
                        LAW.lossAt(n, d) + off,
                        rate.isEmpty() ? "" : Double.parseDouble(rate) * (row < rows ? 1 : 0.01),
                        Math.max(1, epochs * row / rows)));
            }
        }
        return lines;
    }

    @Test
    void curvesAreCutAtFewBudgetsAndResampledByRun() {
        StudyData study = study(curves(120, 0.015, "", 1));
        assertThat(study.profiles()).hasSizeLessThanOrEqualTo(EqualCompute.CUTS);
        Estimate a = exponent(study);
        assertThat(a.covers(LAW.a())).as("%s", a).isTrue();
        assertThat(a.width()).isGreaterThan(0.03);
    }

    @Test
    void curvesOfADecayingRateAndBeyondFourEpochsAreNotCut() {
        StudyData decayed = study(curves(120, 0, "0.001", 1));
        assertThat(decayed.profiles()).isEmpty();
        assertThat(decayed.excluded()).anyMatch(s -> s.contains("9 curves of a decaying learning rate"));
        double most = study(curves(120, 0, "", 1)).profiles().stream()
                .mapToDouble(p -> p.points().get(0).tokens())
                .max()
                .orElseThrow();
        double fresh = study(curves(120, 0, "", 40)).profiles().stream()
                .mapToDouble(p -> p.points().get(0).tokens())
                .max()
                .orElseThrow();
        assertThat(fresh).isLessThan(0.2 * most);
    }
}
