package org.plmfrontier.fitting.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.PowerLaw;

class RegressionTest {
    @Test
    void aPowerLawIsFoundExactlyWhateverTheWeights() {
        double[] x = {1, 10, 1e3, 1e7};
        double[] y = Arrays.stream(x).map(v -> 3 * Math.pow(v, -0.4)).toArray();
        PowerLaw law =
                PowerLawFit.through(x, y, new double[] {1, 5, 2, 0.1}).result().orElseThrow();
        assertThat(law.exponent()).isCloseTo(-0.4, within(1e-12));
        assertThat(law.at(1)).isCloseTo(3, within(1e-10));
    }

    @Test
    void oneAbscissaIsNotIdentifiableAndAZeroIsRefused() {
        assertThat(PowerLawFit.through(new double[] {2, 2}, new double[] {1, 3}))
                .isInstanceOf(FitOutcome.NotIdentifiable.class);
        assertThatThrownBy(() -> PowerLawFit.through(new double[] {0, 2}, new double[] {1, 3}))
                .hasMessageContaining("point 0");
    }

    @Test
    void aFloorAmplitudeAndDecayAreFound() {
        double[] lnX = new double[60];
        double[] y = new double[60];
        double[] weight = new double[60];
        Arrays.setAll(lnX, i -> -4 + 0.1 * i);
        Arrays.setAll(y, i -> 1.8 + 0.5 * Math.exp(-0.31 * lnX[i]));
        Arrays.fill(weight, 7);
        OffsetPowerLaw law = OffsetPowerLaw.withFloor(lnX, y, weight);
        assertThat(law.floor()).isCloseTo(1.8, within(1e-3));
        assertThat(law.decay()).isCloseTo(0.31, within(1e-3));
        assertThat(law.at(0)).isCloseTo(2.3, within(1e-4));
        assertThat(OffsetPowerLaw.plain(lnX, y, weight).residualSquares()).isGreaterThan(1);
    }

    @Test
    void nonNegativeFactorsBeatEveryOtherNonNegativeChoice() {
        SplittableRandom random = new SplittableRandom(4);
        for (int count = 1; count <= 3; count++) {
            double[] parts = random.doubles(20L * count).toArray();
            double[] weights = random.doubles(20).toArray();
            NonNegativeLeastSquares best = NonNegativeLeastSquares.of(parts, count, weights);
            assertThat(squares(parts, weights, best.factors())).isCloseTo(best.residualSquares(), within(1e-12));
            for (int trial = 0; trial < 200; trial++) {
                double[] other = best.factors().clone();
                for (int j = 0; j < count; j++) {
                    other[j] = Math.max(0, other[j] + 0.1 * random.nextGaussian());
                }
                assertThat(squares(parts, weights, other)).isGreaterThanOrEqualTo(best.residualSquares() - 1e-12);
            }
        }
    }

    private static double squares(double[] parts, double[] weights, double[] factors) {
        double squares = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            double residual = -1;
            for (int j = 0; j < factors.length; j++) {
                residual += factors[j] * parts[i * factors.length + j];
            }
            squares += weights[i] * residual * residual;
            total += weights[i];
        }
        return squares / total;
    }
}
