package org.plmfrontier.fitting.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PullsTest {
    @Test
    void theSeriesOfTheLogarithmIsExact() {
        for (double ratio = 0.85; ratio < 1.15; ratio += 0.00137) {
            assertThat(Pulls.lnRatio(ratio)).isCloseTo(Math.log(ratio), within(4e-16));
        }
    }
}
