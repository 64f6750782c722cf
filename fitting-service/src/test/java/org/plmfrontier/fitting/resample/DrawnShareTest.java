package org.plmfrontier.fitting.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.Estimate;

class DrawnShareTest {
    private static final double LEVEL = 0.95;
    private final double[] all = IntStream.range(0, 1000).mapToDouble(i -> i).toArray();

    @Test
    void anIntervalLeavesOutNoMoreThanItsLevelAllows() {
        assertThat(new DrawnShare(190, 200).bounds(LEVEL)).isTrue();
        assertThat(new DrawnShare(189, 200).bounds(LEVEL)).isFalse();
        assertThat(new DrawnShare(0, 0).bounds(LEVEL)).isFalse();
        assertThat(new DrawnShare(116, 200).reason(LEVEL, "turn over"))
                .startsWith("84 of 200 resamples turn over; an interval of 95 % may leave out 5 %");
    }

    /** The same ends as where half of the missing ones had been far below all others and half far above. */
    @Test
    void missingResamplesCountAsFarToEitherSide() {
        double[] known = Arrays.copyOfRange(all, 20, 980);
        Estimate interval = PercentileInterval.of(500, known, 1000, LEVEL);
        Estimate whole = PercentileInterval.of(500, all, LEVEL);
        assertThat(interval.low()).isCloseTo(whole.low(), within(1.0));
        assertThat(interval.high()).isCloseTo(whole.high(), within(1.0));
        Estimate survivors = PercentileInterval.of(500, known, LEVEL);
        assertThat(interval.low()).isLessThan(survivors.low() - 15);
        assertThat(interval.high()).isGreaterThan(survivors.high() + 15);
    }

    @Test
    void asManyMissingAsTheIntervalLeavesOutReachToTheEnds() {
        double[] known = Arrays.copyOfRange(all, 25, 975);
        Estimate interval = PercentileInterval.expanded(500, known, 1000, LEVEL, 8);
        assertThat(interval.low()).isEqualTo(25);
        assertThat(interval.high()).isEqualTo(974);
    }
}
