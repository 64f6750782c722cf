package org.plmfrontier.trainer.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plmfrontier.trainer.slice.Watchdog;

class TrainerLivenessTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private @Nullable String ended;
    private final Watchdog watchdog = new Watchdog(nanos::get);

    @Test
    void aJobThatStandsStillIsNotLiveUntilItMovesAgain() {
        watchdog.progress();
        assertThat(isLive(Duration.ZERO)).isTrue();
        pass(Duration.ofSeconds(10));
        assertThat(isLive(Duration.ZERO)).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(isLive(Duration.ZERO)).isFalse();
        assertThat(ask(Duration.ZERO).getData())
                .get()
                .satisfies(data -> assertThat(data)
                        .containsEntry("secondsSinceLastStep", 11L)
                        .containsEntry("limitSeconds", 10L));
        watchdog.progress();
        assertThat(isLive(Duration.ZERO)).isTrue();
    }

    @Test
    void aTrainerWithoutAJobIsLiveHoweverLongItWaits() {
        watchdog.progress();
        watchdog.idle();
        pass(Duration.ofDays(1));
        assertThat(isLive(Duration.ofSeconds(1))).isTrue();
        assertThat(new TrainerLiveness(new TrainerLiveness.Signs(
                                watchdog::stalledFor, Optional::empty, Optional::empty, LIMIT))
                        .call()
                        .getStatus())
                .isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void aWaitThatNobodyPollsIsNotLive() {
        assertThat(isLive(Duration.ofSeconds(11))).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private boolean isLive(Duration sincePoll) {
        return ask(sincePoll).getStatus() == HealthCheckResponse.Status.UP;
    }

    private HealthCheckResponse ask(Duration sincePoll) {
        return new TrainerLiveness(new TrainerLiveness.Signs(
                        watchdog::stalledFor, () -> Optional.of(sincePoll), () -> Optional.ofNullable(ended), LIMIT))
                .call();
    }

    @Test
    void aThreadThatEndedIsNamedAndTheProcessIsNotLive() {
        ended = "the thread run-commands ended: Java heap space";
        assertThat(isLive(Duration.ZERO)).isFalse();
        assertThat(ask(Duration.ZERO).getData().orElseThrow()).containsEntry("ended", ended);
    }
}
