package org.plmfrontier.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    @Test
    void pausesDoubleUpToTheLongestAndAreAtLeastHalfOfThat() {
        SplittableRandom random = new SplittableRandom(7);
        for (int failures = 1; failures < 100; failures++) {
            long full = Math.min(10_000, 200L << Math.min(20, failures - 1));
            assertThat(PAUSES.after(failures, random).toMillis())
                    .as("after %d failures, seed 7", failures)
                    .isBetween(full / 2, full);
        }
    }

    @Test
    void servicesThatFailTogetherDoNotComeBackTogether() {
        Set<Long> backoff = IntStream.range(0, 50)
                .mapToObj(seed -> PAUSES.after(5, new SplittableRandom(seed)).toMillis())
                .collect(Collectors.toSet());
        assertThat(backoff).hasSizeGreaterThan(40);
    }

    @Test
    void impossiblePausesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("longest");
    }
}
