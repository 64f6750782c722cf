package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

class JobFailuresTest {
    private final AtomicLong nanos = new AtomicLong();
    private final JobFailures failures =
            new JobFailures(new JobFailures.Limits(3, Duration.ofMinutes(2), Duration.ofMinutes(30)), nanos::get);

    @Test
    void whatIsOfTheJobItselfIsCountedAndTheLastCauseNamed() {
        failures.own(new IllegalStateException("first"));
        failures.own(new IllegalStateException("second"));
        assertThat(failures.verdict()).isEmpty();
        failures.own(new IllegalStateException("third"));
        assertThat(failures.verdict()).contains("failed 3 times, the last time: third");
    }

    @Test
    void noNumberOfPassingFaultsSpendsAnAttempt() {
        for (int i = 0; i < 1000; i++) {
            failures.begin();
            failures.passing();
            pass(Duration.ofMinutes(1));
        }
        assertThat(failures.verdict()).isEmpty();
    }

    @Test
    void aTokenLogIsWaitedForSoLongAndNoLonger() {
        for (int minute = 0; minute <= 2; minute++) {
            failures.begin();
            failures.tokenLog(new TokenLogException("tokens.c-0 cannot be read at offset 7"));
            assertThat(failures.verdict()).isEmpty();
            pass(Duration.ofMinutes(1));
        }
        failures.begin();
        failures.tokenLog(new TokenLogException("tokens.c-0 cannot be read at offset 7"));
        assertThat(failures.verdict())
                .contains("the token log was waited for longer than PT2M: tokens.c-0 cannot be read at offset 7");
    }

    @Test
    void aTokenLogThatWasMendedMeanwhileIsWaitedForAnew() {
        failures.tokenLog(new TokenLogException("first"));
        pass(Duration.ofHours(1));
        failures.begin();
        pass(Duration.ofMinutes(2));
        failures.tokenLog(new TokenLogException("second, after two minutes of training"));
        assertThat(failures.verdict()).isEmpty();
        pass(Duration.ofMinutes(3));
        failures.begin();
        failures.tokenLog(new TokenLogException("second"));
        assertThat(failures.verdict()).isPresent();
    }

    @Test
    void triesThatFailCountAsMovementForATime() {
        for (int minute = 0; minute <= 30; minute++) {
            failures.begin();
            failures.passing();
            assertThat(failures.isMovement()).as("minute %d", minute).isTrue();
            pass(Duration.ofMinutes(1));
        }
        failures.begin();
        failures.passing();
        assertThat(failures.isMovement()).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
