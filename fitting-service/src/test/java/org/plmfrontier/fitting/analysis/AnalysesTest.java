package org.plmfrontier.fitting.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableReader;

class AnalysesTest {
    private static final HoffmannLaw LAW = new HoffmannLaw(Math.log(1.7), Math.log(60), Math.log(90), 0.3, 0.26);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(60, 0.95, 9);

    /** Eight sizes, each trained for the same FLOPs, with so many rows per run. */
    private static LossTable curves(int rows, double noise) {
        SplittableRandom random = new SplittableRandom(1);
        List<String> lines = new ArrayList<>(List.of("run,N,D,C,loss,step,lr"));
        for (int size = 0; size < 8; size++) {
            double n = 1e5 * Math.pow(2, size);
            for (int step = 1; step <= rows; step++) {
                double d = 2e14 / (6 * n) * step / rows;
                double loss = LAW.lossAt(n, d) + noise * random.nextGaussian();
                lines.add(String.format(Locale.ROOT, "run-%d,%f,%f,%e,%f,%d,0.001", size, n, d, 6 * n * d, loss, step));
            }
        }
        return TableReader.read(lines.stream(), ColumnMapping.usual());
    }

    @Test
    void allMethodsAnswerOnATableOfCurves() {
        StudyData study = TableStudy.of(curves(400, 0.01));
        Map<Method, FitOutcome<MethodFit>> answers = Analyses.fit(study, EnumSet.allOf(Method.class), BOOTSTRAP);
        for (Method method : List.of(Method.A1, Method.A2, Method.A3)) {
            MethodFit fit = answers.get(method).result().orElseThrow(() -> new AssertionError(answers.get(method)));
            assertThat(fit.a().orElseThrow().value()).as(method.label()).isCloseTo(LAW.a(), within(0.12));
            assertThat(fit.frontier().orElseThrow().points()).isNotEmpty();
            assertThat(fit.convention().compute())
                    .as("surfaces know N and D alone")
                    .isEqualTo(method == Method.A3 ? Convention.Compute.SIX_ND : Convention.Compute.AS_GIVEN);
            assertThat(fit.bootstrap().seed()).isEqualTo(9);
        }
        MethodFit surface = answers.get(Method.A3).result().orElseThrow();
        assertThat(surface.coefficients()).containsOnlyKeys("E", "A", "B", "alpha", "beta");
        assertThat(surface.estimates()).containsOnlyKeys("E", "A", "B", "alpha", "beta");
        surface.estimates()
                .forEach((name, estimate) -> assertThat(estimate.value())
                        .isEqualTo(surface.coefficients().get(name)));
        assertThat(((VerdictsFit) answers.get(Method.PLATEAU).result().orElseThrow()).verdicts())
                .hasSize(8)
                .allSatisfy((run, verdict) -> assertThat(verdict).isInstanceOf(PlateauVerdict.NotYet.class));
    }

    @Test
    void aCurveCountsOnceByItsLastRow() {
        assertThat(TableStudy.finals(curves(400, 0.01)).points()).hasSize(8);
        assertThat(TableStudy.finals(curves(20, 0)).points()).hasSize(8);
        assertThat(TableStudy.finals(curves(5, 0)).points()).hasSize(8);
    }

    @Test
    void curvesStandForFinalLossesWhereTheseDetermineNoSurfaceAndThisIsSaid() {
        StudyData study = TableStudy.of(curves(400, 0.01));
        assertThat(study.observations().size()).isEqualTo(8 * LossCurve.CUTS);
        assertThat(study.excluded())
                .anyMatch(s -> s.contains("3192 rows"))
                .anyMatch(s -> s.contains("determine no surface") && s.contains("8 curves"));
    }

    /** Eight sizes by four budgets, each a run with its curve: 82 curves of a study once gave 1,829 final losses. */
    @Test
    void curvesOfRunsThatDetermineASurfaceGiveTheirFinalLossesAlone() {
        SplittableRandom random = new SplittableRandom(6);
        List<String> lines = new ArrayList<>(List.of("run,N,D,loss,lr"));
        for (int size = 0; size < 8; size++) {
            for (int budget = 0; budget < 4; budget++) {
                double n = 1e5 * Math.pow(2, size);
                double end = 1e7 * Math.pow(4, budget);
                double noise = 1e-4 * random.nextGaussian();
                for (int row = 1; row <= 22; row++) {
                    double d = end * row / 22;
                    double unfinished = row < 22 ? 0.2 : 0;
                    lines.add("r" + size + "-" + budget + "," + n + "," + d + ","
                            + (LAW.lossAt(n, d) + unfinished + noise) + ",0.001");
                }
            }
        }
        StudyData study = TableStudy.of(TableReader.read(lines.stream(), ColumnMapping.usual()));
        assertThat(study.observations().size()).isEqualTo(32);
        assertThat(study.excluded()).singleElement().asString().contains("672 rows");
        MethodFit fit = Analyses.fit(study, Method.A3, BOOTSTRAP).result().orElseThrow();
        assertThat(fit.a().orElseThrow().value()).isCloseTo(LAW.a(), within(0.01));
        StudyData without =
                TableStudy.of(TableReader.read(lines.subList(0, lines.size() - 1).stream(), ColumnMapping.usual()));
        assertThat(without.observations().size()).isEqualTo(32);
    }

    @Test
    void finalLossesAtEqualComputeGiveParabolasAndNoEnvelope() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> lines = new ArrayList<>(List.of("N,D,C,loss"));
        for (double c = 1e15; c < 2e17; c *= 10) {
            for (int i = -3; i <= 3; i++) {
                double n = LAW.parametersAt(c) * Math.pow(1.5, i);
                double noise = 1e-3 * random.nextGaussian();
                lines.add(n + "," + c / (6 * n) + "," + c + "," + (LAW.lossAt(n, c / (6 * n)) + noise));
            }
        }
        StudyData study = TableStudy.of(TableReader.read(lines.stream(), ColumnMapping.usual()));
        assertThat(study.profiles()).hasSize(3);
        MethodFit parabolas = Analyses.fit(study, Method.A2, BOOTSTRAP).result().orElseThrow();
        assertThat(parabolas.a().orElseThrow().value()).isCloseTo(LAW.a(), within(0.02));
        assertThat(Analyses.fit(study, Method.A1, BOOTSTRAP)).isInstanceOf(FitOutcome.NotIdentifiable.class);
        assertThat(Analyses.fit(study, Method.PLATEAU, BOOTSTRAP)).isInstanceOf(FitOutcome.NotIdentifiable.class);
        assertThat(Analyses.fit(study, Method.A3, BOOTSTRAP)
                        .result()
                        .orElseThrow()
                        .used())
                .isEqualTo(21);
    }

    @Test
    void decayedRunsGiveTheirLastRowAndRepeatedDataAreLeftOut() {
        LossTable table = TableReader.read(
                List.of(
                        "run,N,D,loss,lr,epochs",
                        "a,1e6,1e8,3.2,1e-3,1",
                        "a,1e6,2e8,3.1,1e-4,1",
                        "b,1e6,1e8,3.2,1e-3,1",
                        "b,1e6,9e8,3.0,1e-3,9")
                        .stream(),
                ColumnMapping.usual());
        StudyData study = TableStudy.of(table);
        assertThat(study.observations().lossNats()).containsExactly(3.1, 3.2);
        assertThat(study.excluded())
                .hasSize(2)
                .anyMatch(s -> s.contains("epochs"))
                .anyMatch(s -> s.contains("before the end"));
        assertThat(study.convention().compute()).isEqualTo(Convention.Compute.SIX_ND);
    }

    @Test
    void groupsAreNotMixed() {
        LossTable table = TableReader.read(
                List.of("run,N,D,loss,group", "a,1e6,1e8,3.2,x", "b,1e6,2e8,3.1,y").stream(), ColumnMapping.usual());
        assertThatThrownBy(() -> TableStudy.of(table)).hasMessageContaining("x, y");
        assertThat(TableStudy.of(table.group("y")).observations().size()).isEqualTo(1);
    }

    @Test
    void hopelessStudiesGetAReasonFromEveryMethod() {
        LossTable one = TableReader.read(List.of("run,N,D,loss", "a,1e6,1e8,3.2").stream(), ColumnMapping.usual());
        Analyses.fit(TableStudy.of(one), EnumSet.allOf(Method.class), BOOTSTRAP)
                .forEach((method, outcome) -> assertThat(outcome)
                        .as(method.label())
                        .isInstanceOfSatisfying(
                                FitOutcome.NotIdentifiable.class,
                                r -> assertThat(r.reason()).isNotBlank()));
    }

    @Test
    void methodsAreFoundByName() {
        assertThat(Method.of("kaplan")).isEqualTo(Method.KAPLAN);
        assertThatThrownBy(() -> Method.of("a4")).hasMessageContaining("a1, a2, a3, kaplan, plateau");
    }
}
