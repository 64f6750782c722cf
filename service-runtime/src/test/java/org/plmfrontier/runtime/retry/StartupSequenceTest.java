package org.plmfrontier.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartupSequenceTest {
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));

    private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();

    @Test
    void whatIsThereAtOnceIsDoneInOrderBeforeItReturns() {
        StringBuilder order = new StringBuilder();
        StartupSequence startup = startup(
                new StartupSequence.Step("the database", () -> order.append("database ")),
                new StartupSequence.Step("the broker", () -> order.append("broker")));
        assertThat(startup.notReadyReason()).contains("has not begun");
        startup.begin();
        assertThat(order).hasToString("database broker");
        assertThat(startup.notReadyReason()).isEmpty();
        assertThat(logged).isEmpty();
    }

    @Test
    void whatComesLaterIsWaitedForAndItsAbsenceToldOnce() throws InterruptedException {
        AtomicBoolean there = new AtomicBoolean();
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger before = new AtomicInteger();
        StartupSequence startup = startup(
                new StartupSequence.Step("the database", before::incrementAndGet),
                new StartupSequence.Step("the broker", () -> {
                    if (tries.incrementAndGet() == 5) {
                        there.set(true);
                    }
                    if (!there.get()) {
                        throw new IllegalStateException("no answer");
                    }
                }));
        startup.begin();
        startup.await();
        assertThat(startup.notReadyReason()).isEmpty();
        assertThat(tries).hasValue(5);
        assertThat(before).as("steps before it are repeated").hasValue(5);
        assertThat(logged.poll(1, TimeUnit.MINUTES)).isEqualTo("the broker: no answer");
        assertThat(logged.poll(1, TimeUnit.MINUTES)).isEqualTo("all that was missing is there");
    }

    @Test
    void theReasonIsReportedWhileItLasts() {
        StartupSequence startup = startup(new StartupSequence.Step("the database", () -> {
            throw new IllegalStateException("refused");
        }));
        startup.begin();
        assertThat(startup.notReadyReason()).contains("the database: refused");
        startup.stop();
        assertThatIllegalStateException()
                .isThrownBy(startup::await)
                .withMessage("stopped before it began, the database: refused");
    }

    private StartupSequence startup(StartupSequence.Step... steps) {
        return new StartupSequence(List.of(steps), SHORT, logged::add);
    }
}
