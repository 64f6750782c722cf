package org.plmfrontier.fitting.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.live.RefitPolicy.LastFit;

class RefitPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RefitPolicy POLICY = new RefitPolicy(Duration.ofSeconds(2), 0.5);

    @Test
    void aStudyThatWasNeverFittedIsDue() {
        assertThat(POLICY.wait(1, Optional.empty(), NOW)).contains(Duration.ZERO);
    }

    @Test
    void aStudyThatDidNotChangeIsNeverDue() {
        assertThat(POLICY.wait(7, last(7, 3600, 1), NOW)).isEmpty();
    }

    @Test
    void aChangedStudyWaitsForTheInterval() {
        assertThat(POLICY.wait(8, last(7, 1, 0), NOW)).contains(Duration.ofSeconds(1));
        assertThat(POLICY.wait(8, last(7, 2, 0), NOW)).contains(Duration.ZERO);
        assertThat(POLICY.wait(8, last(7, 50, 0), NOW)).contains(Duration.ZERO);
    }

    @Test
    void aLongFitRestsUntilItTookItsShareOnly() {
        assertThat(POLICY.wait(8, last(7, 5, 5), NOW)).contains(Duration.ofSeconds(5));
        RefitPolicy modest = new RefitPolicy(Duration.ofSeconds(2), 0.1);
        assertThat(modest.wait(8, last(7, 5, 5), NOW)).contains(Duration.ofSeconds(45));
    }

    @Test
    void aShareOfNothingOrMoreThanAllIsRefused() {
        for (double share : new double[] {0, -1, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RefitPolicy(Duration.ZERO, share))
                    .withMessageContaining("share");
        }
    }

    @Test
    void aNegativeIntervalIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RefitPolicy(Duration.ofSeconds(-1), 0.5))
                .withMessageContaining("interval");
    }

    private static Optional<LastFit> last(long revision, int startedSecondsAgo, int tookSeconds) {
        return Optional.of(new LastFit(revision, NOW.minusSeconds(startedSecondsAgo), Duration.ofSeconds(tookSeconds)));
    }
}
