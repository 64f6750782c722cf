package org.plmfrontier.fitting.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.FitOutcome;

class SmoothedCurveTest {
    private static final DoubleUnaryOperator LAW = tokens -> 2.4 + 9 * Math.pow(tokens, -0.25);

    private static SmoothedCurve smooth(RunCurve run) {
        return SmoothedCurve.of(run, Stiffness.crossValidated()).result().orElseThrow();
    }

    @Test
    void followsANoisyStepLossWithinAFewThousandths() {
        RunCurve run = PlantedCurves.run("r", 1e6, 5000, 8192, LAW, 0.06, new SplittableRandom(1));
        SmoothedCurve curve = smooth(run);
        for (double tokens = 8192 * 50; tokens < 8192 * 5000; tokens *= 1.3) {
            assertThat(curve.lossAt(6e6 * tokens)).isCloseTo(LAW.applyAsDouble(tokens), within(0.02));
        }
        assertThat(curve.currentLossNats()).isCloseTo(LAW.applyAsDouble(8192 * 5000.0), within(0.01));
        assertThat(curve.noiseNats()).isCloseTo(0.06, within(0.004));
    }

    @Test
    void loneSpikesDoNotBendIt() {
        RunCurve clean = PlantedCurves.run("r", 1e6, 3000, 8192, LAW, 0.03, new SplittableRandom(2));
        List<CurvePoint> points = new ArrayList<>(clean.points());
        for (int i = 500; i < 3000; i += 97) {
            CurvePoint p = points.get(i);
            points.set(i, new CurvePoint(p.step(), p.tokens(), p.computeFlops(), p.executedFlops(), 9, 1e-3));
        }
        double end = clean.computeFlops(2999);
        assertThat(smooth(RunCurve.of("r", 1e6, points)).lossAt(0.8 * end))
                .isCloseTo(smooth(clean).lossAt(0.8 * end), within(0.005));
    }

    private static RunCurve with(RunCurve clean, int at, double loss) {
        List<CurvePoint> points = new ArrayList<>(clean.points());
        CurvePoint p = points.get(at);
        points.set(at, new CurvePoint(p.step(), p.tokens(), p.computeFlops(), p.executedFlops(), loss, 1e-3));
        return RunCurve.of(clean.runId(), clean.parameters(), points);
    }

    /** A first loss near ln V, logged before training: splines once rang from 2.7 down to 1.66 behind it. */
    @Test
    void aLeapAtTheStartDoesNotRing() {
        RunCurve clean =
                PlantedCurves.run("r", 1e9, 120, 9e7, d -> 2 + 9 * Math.pow(d, -0.14), 0, new SplittableRandom(1));
        for (double first : new double[] {4.5, 10.5, 40}) {
            SmoothedCurve curve = smooth(with(clean, 0, first));
            assertThat(curve.apart()).isEqualTo(1);
            assertThat(curve.domain().minFlops()).isGreaterThan(clean.computeFlops(0));
            for (double flops : curve.domain().logSpaced(500)) {
                double truth = 2 + 9 * Math.pow(flops / 6e9, -0.14);
                assertThat(curve.lossAt(flops)).isCloseTo(truth, within(0.02));
            }
        }
    }

    @Test
    void aLoneSpikeBetweenFewPointsDoesNotRing() {
        RunCurve clean =
                PlantedCurves.run("r", 1e9, 60, 9e7, d -> 2 + 9 * Math.pow(d, -0.14), 0, new SplittableRandom(1));
        SmoothedCurve curve = smooth(with(with(clean, 30, 9), 31, 5));
        assertThat(curve.apart()).isEqualTo(2);
        for (double flops : curve.domain().logSpaced(500)) {
            assertThat(curve.lossAt(flops)).isCloseTo(2 + 9 * Math.pow(flops / 6e9, -0.14), within(0.03));
        }
    }

    /** A jump that stays, as at a change of the data, is a part of the curve. */
    @Test
    void besideAJumpItStaysBetweenItsNeighbours() {
        RunCurve run = PlantedCurves.run("r", 1e9, 80, 9e7, d -> d < 3e9 ? 3.5 : 2.4, 0, new SplittableRandom(1));
        SmoothedCurve curve = smooth(run);
        assertThat(curve.apart()).isZero();
        for (double flops : curve.domain().logSpaced(500)) {
            assertThat(curve.lossAt(flops)).isBetween(2.395, 3.505);
        }
        assertThat(curve.currentLossNats()).isCloseTo(2.4, within(1e-4));
    }

    @Test
    void aSteepStartIsNoLeapAndADivergedEndStays() {
        RunCurve steep =
                PlantedCurves.run("r", 1e6, 400, 1e5, d -> 2 + 300 / Math.sqrt(d), 0.01, new SplittableRandom(1));
        assertThat(smooth(steep).apart()).isZero();
        RunCurve diverged = steep;
        for (int i = 380; i < 400; i++) {
            diverged = with(diverged, i, 7);
        }
        assertThat(smooth(diverged).currentLossNats()).isGreaterThan(5);
    }

    @Test
    void thinningChangesTheSmoothCurveByLessThanAThousandthWhereThereIsNoNoise() {
        int steps = 60_000;
        RunCurve all = PlantedCurves.run("r", 1e6, steps, 8192, LAW, 0, new SplittableRandom(3));
        RunCurve thin = RunCurve.empty("r", 1e6, new StepThinning(256)).plus(all.points());
        assertThat(thin.size()).isLessThan(256 * 10);
        SmoothedCurve full = smooth(all);
        SmoothedCurve thinned = smooth(thin);
        for (double flops : full.domain().logSpaced(200)) {
            assertThat(thinned.lossAt(flops)).isCloseTo(full.lossAt(flops), within(2e-3));
        }
    }

    @Test
    void aGivenStiffnessIsUsed() {
        RunCurve run = PlantedCurves.run("r", 1e6, 300, 8192, LAW, 0.05, new SplittableRandom(4));
        SmoothedCurve stiff =
                SmoothedCurve.of(run, new Stiffness.Given(1e9)).result().orElseThrow();
        assertThat(stiff.lambda()).isEqualTo(1e9);
        double end = stiff.domain().maxFlops();
        assertThat(stiff.slopeAt(end)).isCloseTo(stiff.slopeAt(end / 100), within(1e-3));
    }

    @Test
    void tooFewPointsAreRefusedWithTheRunNamed() {
        RunCurve run = PlantedCurves.run("short", 1e6, 3, 8192, LAW, 0, new SplittableRandom(5));
        assertThat(SmoothedCurve.of(run, Stiffness.crossValidated()))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal ->
                                assertThat(refusal.reason()).contains("short").contains("3"));
    }

    @Test
    void outsideItsDomainItThrows() {
        SmoothedCurve curve = smooth(PlantedCurves.run("r", 1e6, 50, 8192, LAW, 0.01, new SplittableRandom(6)));
        assertThatThrownBy(() -> curve.lossAt(curve.domain().maxFlops() * 1.01)).hasMessageContaining("outside");
    }
}
