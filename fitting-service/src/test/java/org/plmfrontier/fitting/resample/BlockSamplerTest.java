package org.plmfrontier.fitting.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.quantity.Bootstrap;

class BlockSamplerTest {
    private static final int RESAMPLES = 400;
    private static final int BLOCKS = 240;

    /** Mean of 240 fixed numbers in each resample. */
    private static double[] means(long seed, Purpose purpose) {
        double[] values = new SplittableRandom(99).doubles(BLOCKS).toArray();
        BlockSampler sampler = new BlockSampler(new Bootstrap(RESAMPLES, 0.95, seed), purpose, BLOCKS);
        return IntStream.range(0, RESAMPLES)
                .mapToDouble(k -> {
                    int[] counts = sampler.counts(sampler.generator(k));
                    return IntStream.range(0, BLOCKS)
                                    .mapToDouble(i -> counts[i] * values[i])
                                    .sum()
                            / BLOCKS;
                })
                .toArray();
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** One stream, each resample shifted by a draw, had .994 here. Of independent ones 1 in 10,000 exceeds 4 / 20. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 17, -5, 4611686018427387904L})
    void resamplesOfOneSeedAreIndependent(long seed) {
        double[] means = means(seed, Purpose.SURFACE);
        for (int lag = 1; lag <= 5; lag++) {
            double[] early = Arrays.copyOf(means, RESAMPLES - lag);
            double[] late = Arrays.copyOfRange(means, lag, RESAMPLES);
            assertThat(correlation(early, late)).as("lag %d", lag).isCloseTo(0, within(0.2));
        }
    }

    @Test
    void neighbouringSeedsAndOtherPurposesAreIndependent() {
        assertThat(correlation(means(7, Purpose.SURFACE), means(8, Purpose.SURFACE)))
                .isCloseTo(0, within(0.2));
        assertThat(correlation(means(7, Purpose.SURFACE), means(7, Purpose.ENVELOPE)))
                .isCloseTo(0, within(0.2));
    }

    /** A draw that comes in two resamples at different places would be a shifted stream. */
    @Test
    void noNumberComesTwice() {
        Set<Long> seen = new HashSet<>();
        for (long seed = 1; seed <= 3; seed++) {
            for (Purpose purpose : Purpose.values()) {
                BlockSampler sampler = new BlockSampler(new Bootstrap(20, 0.95, seed), purpose, 5);
                for (int k = 0; k < 20; k++) {
                    SplittableRandom random = sampler.generator(k);
                    for (int draw = 0; draw < 100; draw++) {
                        assertThat(seen.add(random.nextLong())).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void theSameSeedPurposeAndIndexRepeat() {
        assertThat(means(4, Purpose.FLOOR)).containsExactly(means(4, Purpose.FLOOR));
        BlockSampler sampler = new BlockSampler(Bootstrap.seeded(1), Purpose.FLOOR, 7);
        assertThat(Arrays.stream(sampler.counts(sampler.generator(3))).sum()).isEqualTo(7);
        assertThatThrownBy(() -> new BlockSampler(Bootstrap.seeded(1), Purpose.FLOOR, 0))
                .hasMessageContaining("0");
    }
}
