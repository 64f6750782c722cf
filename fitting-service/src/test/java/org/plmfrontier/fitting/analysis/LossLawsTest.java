package org.plmfrontier.fitting.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.TableReader;

class LossLawsTest {
    private static final HoffmannLaw LAW = new HoffmannLaw(Math.log(1.7), Math.log(60), Math.log(90), 0.3, 0.26);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(60, 0.95, 9);

    private static StudyData table(List<String> lines) {
        return TableStudy.of(TableReader.read(lines.stream(), ColumnMapping.usual()));
    }

    /** Eight sizes, each trained for the same three token counts. */
    private static StudyData grid() {
        SplittableRandom random = new SplittableRandom(4);
        List<String> lines = new ArrayList<>(List.of("run,N,D,loss"));
        for (int size = 0; size < 8; size++) {
            double n = 1e5 * Math.pow(3, size);
            for (double d : new double[] {1e8, 1e9, 1e10}) {
                double loss = LAW.lossAt(n, d) + 0.002 * random.nextGaussian();
                lines.add(String.format(Locale.ROOT, "r%d-%.0e,%f,%f,%f", size, d, n, d, loss));
            }
        }
        return table(lines);
    }

    @Test
    void atOneTokenCountTheLossIsAPowerLawOfSizeOverTheFloorOfThatCount() {
        MethodFit fit = Analyses.fit(grid(), Method.LN, BOOTSTRAP).result().orElseThrow();
        double floor = 1.7 + 90 * Math.pow(1e10, -0.26);
        assertThat(fit.coefficients()).containsEntry("tokens", 1e10);
        assertThat(fit.estimates().get("exponent").covers(0.3)).isTrue();
        assertThat(fit.estimates().get("E").covers(floor)).isTrue();
        assertThat(fit.coefficients().get("exponent")).isCloseTo(0.3, within(0.03));
        assertThat(fit.used()).isEqualTo(8);
        assertThat(fit.a()).isEmpty();
        assertThat(fit.convergence()).isPresent();
    }

    @Test
    void withoutFourSizesAtOneTokenCountThereIsNoLawOfSize() {
        StudyData scattered =
                table(List.of("run,N,D,loss", "a,1e6,1e8,3.2", "b,2e6,2e8,3.1", "c,4e6,4e8,3.0", "d,8e6,8e8,2.9"));
        assertThat(Analyses.fit(scattered, Method.LN, BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("no token count"));
    }

    @Test
    void alongTheEnvelopeTheLossFallsWithTheExponentOfTheSurface() {
        List<String> lines = new ArrayList<>(List.of("run,N,D,C,loss,step"));
        SplittableRandom random = new SplittableRandom(1);
        for (int size = 0; size < 12; size++) {
            double n = 1e5 * Math.pow(2, size);
            for (int step = 1; step <= 200; step++) {
                double d = 30 * LAW.optimum(6 * n * n * 20).tokens() * step / 200;
                double loss = LAW.lossAt(n, d) + 0.003 * random.nextGaussian();
                lines.add(String.format(Locale.ROOT, "run-%d,%f,%f,%e,%f,%d", size, n, d, 6 * n * d, loss, step));
            }
        }
        MethodFit fit =
                Analyses.fit(table(lines), Method.LC, BOOTSTRAP).result().orElseThrow();
        assertThat(fit.coefficients().get("exponent")).isCloseTo(0.3 * 0.26 / 0.56, within(0.03));
        assertThat(fit.estimates().get("E").covers(1.7)).isTrue();
        assertThat(fit.convergence().orElseThrow().gradientNorm()).isLessThan(1e-3);
    }

    @Test
    void withoutAnEnvelopeThereIsNoLawOfCompute() {
        assertThat(Analyses.fit(grid(), Method.LC, BOOTSTRAP)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void repetitionIsReadFromUniqueTokensAndStaysOutOfTheSurface() {
        RepeatedDataLaw truth = new RepeatedDataLaw(LAW, 15, 5);
        List<String> lines = new ArrayList<>(List.of("run,N,D,loss,unique_tokens"));
        SplittableRandom random = new SplittableRandom(2);
        for (double n : new double[] {1e6, 5e6, 2e7, 1e8, 4e8}) {
            for (double u : new double[] {1e8, 5e8, 3e9}) {
                for (double epochs = 1; epochs <= 100; epochs *= 3) {
                    double loss = truth.lossAt(n, u * epochs, u) * (1 + 0.0005 * random.nextGaussian());
                    lines.add(String.format(Locale.ROOT, "r%d,%f,%f,%f,%f", lines.size(), n, u * epochs, loss, u));
                }
            }
        }
        StudyData study = table(lines);
        assertThat(study.observations().size()).isEqualTo(30);
        assertThat(study.repeated().observations().size()).isEqualTo(75);
        assertThat(study.excluded()).singleElement().asString().contains("45 rows beyond 4 epochs");
        MethodFit fit = Analyses.fit(study, Method.REPEATED, BOOTSTRAP).result().orElseThrow();
        assertThat(fit.estimates().get("RD").covers(15))
                .as(fit.estimates().toString())
                .isTrue();
        assertThat(fit.estimates().get("RN").value()).isCloseTo(5, within(0.2));
        assertThat(fit.coefficients()).containsKeys("E", "A", "B", "alpha", "beta", "RD", "RN");
    }

    @Test
    void runsOfTheSuiteBeyondFourEpochsOfTheirCorpusStandWithTheRepeatedDataAlone() {
        List<CurvePoint> points = IntStream.rangeClosed(1, 50)
                .mapToObj(step -> new CurvePoint(step, 1e5 * step, 1e12 * step, 1e12 * step, 3.0 - 0.01 * step, 1e-3))
                .toList();
        RunCurve run = RunCurve.of("a", 1e6, points)
                .plusFinals(List.of(new FinalPoint(1e6, 1e6, 1e13, 2.9), new FinalPoint(5e6, 5e6, 5e13, 2.6)));
        SmoothedCurve curve =
                SmoothedCurve.of(run, Stiffness.crossValidated()).result().orElseThrow();
        StudyData study = CurveStudy.of(List.of(curve), Map.of("a", 1e6), Convention.STUDY);
        assertThat(study.observations().tokens()).containsExactly(1e6);
        assertThat(study.repeated().uniqueTokens()).containsExactly(1e6, 1e6);
        assertThat(study.excluded()).singleElement().asString().contains("1 losses beyond 4 epochs");
        assertThat(CurveStudy.of(List.of(curve), Map.of(), Convention.STUDY).excluded())
                .isEmpty();
    }
}
