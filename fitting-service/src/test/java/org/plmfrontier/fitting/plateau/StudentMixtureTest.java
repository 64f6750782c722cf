package org.plmfrontier.fitting.plateau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;

class StudentMixtureTest {
    private static StudentMixture of(double[] centres, double[] scales, double[] shares) {
        return new StudentMixture(centres, scales, shares, 5);
    }

    private static double[] numbers(double... numbers) {
        return numbers;
    }

    @Test
    void ofOneItIsStudentsT() {
        StudentMixture one = of(numbers(0.02), numbers(0.004), numbers(1));
        double reach = 0.004 * new TDistribution(5).inverseCumulativeProbability(0.975);
        assertThat(one.quantile(0.5)).isCloseTo(0.02, within(1e-12));
        assertThat(one.quantile(0.975)).isCloseTo(0.02 + reach, within(1e-9));
        assertThat(one.quantile(0.025)).isCloseTo(0.02 - reach, within(1e-9));
    }

    @Test
    void predictionsThatAgreeAreOne() {
        StudentMixture three = of(numbers(0.02, 0.02, 0.02), numbers(0.004, 0.004, 0.004), numbers(0.2, 0.5, 0.3));
        assertThat(three.quantile(0.975))
                .isCloseTo(of(numbers(0.02), numbers(0.004), numbers(1)).quantile(0.975), within(1e-9));
    }

    /** Two sure predictions that are far apart: most of the probability is at either, and none between them. */
    @Test
    void whereTheyContradictOneAnotherItHoldsBoth() {
        StudentMixture two = of(numbers(0.01, 0.11), numbers(0.001, 0.001), numbers(0.6, 0.4));
        assertThat(two.quantile(0.025)).isBetween(0.005, 0.01);
        assertThat(two.quantile(0.975)).isBetween(0.11, 0.115);
        assertThat(two.quantile(0.5)).as("the likelier one").isBetween(0.009, 0.013);
        assertThat(of(numbers(0.01, 0.11), numbers(0.001, 0.001), numbers(0.99, 0.01))
                        .quantile(0.975))
                .as("an unlikely one is left out")
                .isLessThan(0.02);
    }

    @Test
    void quantilesAscend() {
        StudentMixture three = of(numbers(-0.01, 0.02, 0.09), numbers(0.002, 0.01, 0.03), numbers(0.5, 0.3, 0.2));
        double last = Double.NEGATIVE_INFINITY;
        for (double probability = 0.005; probability < 1; probability += 0.005) {
            assertThat(three.quantile(probability)).isGreaterThan(last);
            last = three.quantile(probability);
        }
    }

    @Test
    void impossibleOnesAreRefused() {
        assertThatThrownBy(() -> of(numbers(1, 2), numbers(1), numbers(1)))
                .hasMessage("there are 2 centres, 1 scales and 1 shares");
        assertThatThrownBy(() -> of(numbers(1), numbers(0), numbers(1))).hasMessage("scales must be positive, got 0.0");
    }
}
