package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossesTest {
    @Test
    void lossesAreSortedByTheirCompute() {
        Losses losses = Losses.of(new double[] {100, 1, 10}, new double[] {10, 20, 30}, new double[] {1, 3, 2});
        assertThat(losses.lnLoss()).containsExactly(Math.log(3), Math.log(2), 0);
        assertThat(losses.lnMostCompute()).isCloseTo(Math.log(6 * 1000), within(1e-12));
        assertThat(losses.upTo(Math.log(6 * 20))).isEqualTo(1);
        assertThat(losses.upTo(Math.log(6 * 999))).isEqualTo(2);
        assertThat(losses.first(2).size()).isEqualTo(2);
    }

    @Test
    void whatIsNoLossIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> Losses.of(new double[] {1, 2}, new double[] {1, 2}, new double[] {1, 0}))
                .hasMessage("loss of loss 1 must be positive and finite, got 0.0");
        assertThatThrownBy(() -> Losses.of(new double[] {1}, new double[] {Double.NaN}, new double[] {1}))
                .hasMessage("D of loss 0 must be positive and finite, got NaN");
        assertThatThrownBy(() -> Losses.of(new double[2], new double[1], new double[1]))
                .hasMessage("there are 2 parameters, 1 tokens and 1 losses");
    }

    @Test
    void twoSetsOfLossesAreOneByTheirCompute() {
        Losses one = Losses.of(new double[] {1e6, 4e6}, new double[] {1e8, 1e8}, new double[] {3, 2.5});
        Losses other = Losses.of(new double[] {2e6}, new double[] {1e8}, new double[] {2.8});
        Losses both = one.and(other);
        assertThat(both.size()).isEqualTo(3);
        assertThat(Math.exp(both.lnParameters()[1])).isCloseTo(2e6, within(1e-3));
        assertThat(Math.exp(both.lnLoss()[1])).isCloseTo(2.8, within(1e-9));
        assertThat(Math.exp(both.lnLoss()[2])).isCloseTo(2.5, within(1e-9));
    }
}
