package org.plmfrontier.fitting.spline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothingSplineTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-2, 1, 50, 1e5})
    void equalsTheDenseSolutionOfTheNormalEquations(double lambda) {
        Knots knots = randomKnots(24, 7);
        RealMatrix hat = denseHat(knots, lambda);
        double[] expected = hat.operate(knots.y());
        SmoothingSpline spline = SmoothingSpline.fit(knots.x(), knots.y(), knots.weight(), lambda);
        for (int i = 0; i < knots.size(); i++) {
            assertThat(spline.valueAt(knots.x()[i])).isCloseTo(expected[i], within(1e-7));
        }
        assertThat(spline.effectiveParameters()).isCloseTo(hat.getTrace(), within(1e-7));
    }

    @Test
    void interpolatesWithoutStiffness() {
        Knots knots = randomKnots(9, 3);
        SmoothingSpline spline = SmoothingSpline.fit(knots.x(), knots.y(), knots.weight(), 0);
        for (int i = 0; i < knots.size(); i++) {
            assertThat(spline.valueAt(knots.x()[i])).isEqualTo(knots.y()[i], within(1e-12));
        }
        assertThat(spline.effectiveParameters()).isCloseTo(9, within(1e-9));
    }

    @Test
    void keepsAStraightLineAtAnyStiffnessAndContinuesIt() {
        double[] x = {0, 1, 3, 4, 9};
        double[] y = {1, 3, 7, 9, 19};
        for (double lambda : new double[] {0, 1, 1e9}) {
            SmoothingSpline spline = SmoothingSpline.fit(x, y, new double[] {1, 5, 1, 2, 1}, lambda);
            assertThat(spline.valueAt(2.5)).isCloseTo(6, within(1e-6));
            assertThat(spline.valueAt(-2)).isCloseTo(-3, within(1e-6));
            assertThat(spline.valueAt(11)).isCloseTo(23, within(1e-6));
            assertThat(spline.slopeAt(5)).isCloseTo(2, within(1e-6));
        }
    }

    @Test
    void slopeIsTheDerivativeOfTheValue() {
        Knots knots = randomKnots(12, 5);
        SmoothingSpline spline = SmoothingSpline.fit(knots.x(), knots.y(), knots.weight(), 0.1);
        for (double t = knots.x()[0] - 1; t < knots.x()[11] + 1; t += 0.173) {
            double difference = (spline.valueAt(t + 1e-6) - spline.valueAt(t - 1e-6)) / 2e-6;
            assertThat(spline.slopeAt(t)).isCloseTo(difference, within(1e-5));
        }
    }

    @Test
    void crossValidationRecoversASmoothCurveFromNoise() {
        SplittableRandom random = new SplittableRandom(11);
        int n = 200;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i * 0.05;
            weight[i] = 1;
            y[i] = Math.exp(-x[i] / 3) + 0.05 * random.nextGaussian();
        }
        SmoothingSpline spline = SmoothingSpline.crossValidated(x, y, weight);
        double worst = 0;
        for (double t : x) {
            worst = Math.max(worst, Math.abs(spline.valueAt(t) - Math.exp(-t / 3)));
        }
        assertThat(worst).isLessThan(0.04);
        assertThat(spline.effectiveParameters()).isBetween(2.0, 12.0);
    }

    @Test
    void refusesAbscissaeThatDoNotAscend() {
        assertThatThrownBy(() ->
                        SmoothingSpline.fit(new double[] {0, 1, 1}, new double[] {1, 2, 3}, new double[] {1, 1, 1}, 1))
                .hasMessageContaining("ascend");
    }

    private static Knots randomKnots(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[n];
        double[] y = new double[n];
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i == 0 ? 0 : x[i - 1]) + 0.1 + random.nextDouble();
            y[i] = Math.sin(x[i]) + random.nextGaussian();
            weight[i] = 0.5 + 4 * random.nextDouble();
        }
        return new Knots(x, y, weight);
    }

    /** (W + lambda Q R^-1 Q')^-1 W, written down from the definition. */
    private static RealMatrix denseHat(Knots knots, double lambda) {
        int n = knots.size();
        RealMatrix q = new Array2DRowRealMatrix(n, n - 2);
        RealMatrix r = new Array2DRowRealMatrix(n - 2, n - 2);
        for (int j = 0; j < n - 2; j++) {
            q.setEntry(j, j, 1 / knots.gap(j));
            q.setEntry(j + 1, j, -1 / knots.gap(j) - 1 / knots.gap(j + 1));
            q.setEntry(j + 2, j, 1 / knots.gap(j + 1));
            r.setEntry(j, j, (knots.gap(j) + knots.gap(j + 1)) / 3);
            if (j + 3 < n) {
                r.setEntry(j, j + 1, knots.gap(j + 1) / 6);
                r.setEntry(j + 1, j, knots.gap(j + 1) / 6);
            }
        }
        RealMatrix w = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            w.setEntry(i, i, knots.weight()[i]);
        }
        RealMatrix inverseR = new LUDecomposition(r).getSolver().getInverse();
        RealMatrix penalty = q.multiply(inverseR).multiply(q.transpose()).scalarMultiply(lambda);
        RealMatrix hat =
                new LUDecomposition(w.add(penalty)).getSolver().getInverse().multiply(w);
        assertThat(hat.operate(new ArrayRealVector(n, 1)).getEntry(0)).isCloseTo(1, within(1e-6));
        return hat;
    }
}
