package org.plmfrontier.trainer.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Evaluations take no more than their share while a slice trains. */
class SpareTimeTest {
    private long nanos;
    private long slept;
    private boolean training = true;

    private final SpareTime time = new SpareTime(0.05, false, () -> training, () -> nanos, millis -> {
        slept += millis;
        nanos += Duration.ofMillis(millis).toNanos();
    });

    @Test
    void whileASliceTrainsTheyTakeATwentiethOfTheTime() {
        time.begin();
        for (int call = 0; call < 20; call++) {
            long took = 10L * (call + 1);
            time.use(() -> nanos += Duration.ofMillis(took).toNanos());
            nanos += Duration.ofMillis(2).toNanos();
        }
        assertThat(time.end()).isCloseTo(2.1, within(1e-9));
        assertThat(2.1e9 / nanos).isCloseTo(0.05, within(0.0005));
        time.begin();
        assertThat(time.end()).isZero();
    }

    @Test
    void onACpuWhatIsReckonedBetweenTheCallsCountsAsWell() {
        SpareTime cpu = new SpareTime(0.05, true, () -> training, () -> nanos, millis -> {
            slept += millis;
            nanos += Duration.ofMillis(millis).toNanos();
        });
        cpu.begin();
        for (int call = 0; call < 20; call++) {
            cpu.use(() -> nanos += Duration.ofMillis(10).toNanos());
            nanos += Duration.ofMillis(90).toNanos();
        }
        long before = nanos;
        assertThat(cpu.end()).as("calls of 10 ms, 90 ms behind each").isCloseTo(2, within(1e-9));
        assertThat(nanos).as("a result does not wait").isEqualTo(before);
        cpu.begin();
        assertThat(2e9 / nanos).isCloseTo(0.05, within(0.0005));

        training = false;
        slept = 0;
        cpu.begin();
        nanos += Duration.ofSeconds(10).toNanos();
        assertThat(cpu.end()).isEqualTo(10);
        assertThat(slept).isZero();
    }

    @Test
    void whileNothingTrainsTheyTakeAllOfIt() {
        training = false;
        time.use(() -> nanos += Duration.ofSeconds(3).toNanos());
        assertThat(slept).isZero();
    }

    @Test
    void whatIsOwedIsForgivenWhenTrainingEnds() {
        SpareTime soon = new SpareTime(0.05, false, () -> slept < 300, () -> nanos, millis -> slept += millis);
        soon.use(() -> nanos += Duration.ofSeconds(3).toNanos());
        assertThat(slept).isEqualTo(300);
    }

    @Test
    void anInterruptGivesTheEvaluationUp() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> time.use(() -> 1)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aShareIsAboveNoneAndAtMostAll() {
        for (double share : new double[] {0, -0.1, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new SpareTime(share, false, () -> true, () -> 0, millis -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("trainer.evaluations.share");
        }
    }
}
