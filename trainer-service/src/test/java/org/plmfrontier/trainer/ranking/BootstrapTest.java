package org.plmfrontier.trainer.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.random.SplitMix64;

class BootstrapTest {
    @Test
    void theIntervalOfAMeanIsAboutTwoStandardErrorsWide() {
        SplitMix64 random = new SplitMix64(11);
        double[] values = new double[400];
        Arrays.setAll(values, i -> random.nextUnit());
        double mean = Arrays.stream(values).average().orElseThrow();
        double[] means = new Bootstrap(5).replicates(400, counts -> {
            double sum = 0;
            for (int i = 0; i < counts.length; i++) {
                sum += counts[i] * values[i];
            }
            return sum / counts.length;
        });
        Interval interval = Bootstrap.interval(means).orElseThrow();
        double error = Math.sqrt(1 / 12.0 / 400);
        assertThat(interval.low()).isBetween(mean - 2.4 * error, mean - 1.6 * error);
        assertThat(interval.high()).isBetween(mean + 1.6 * error, mean + 2.4 * error);
    }

    @Test
    void aResampleDrawsAsManyAsThereAreAndTheSameForTheSameSeed() {
        double[] once = new Bootstrap(5, 20).replicates(50, counts -> {
            assertThat(Arrays.stream(counts).sum()).isEqualTo(50);
            return Arrays.hashCode(counts);
        });
        assertThat(new Bootstrap(5, 20).replicates(50, Arrays::hashCode)).isEqualTo(once);
        assertThat(new Bootstrap(6, 20).replicates(50, Arrays::hashCode)).isNotEqualTo(once);
    }

    @Test
    void whereMostResamplesHaveNoValueThereIsNoInterval() {
        double none = Double.NaN;
        assertThat(Bootstrap.interval(new double[] {1, none, none, 2})).isEmpty();
        assertThat(Bootstrap.interval(new double[] {1, none, 2, 2})).isPresent();
    }
}
