package org.plmfrontier.contracts.retry;

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

class BeginningTest {
    private static final Pauses SHORT = new Pauses(Duration.ofMillis(1), Duration.ofMillis(2));

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void whatIsThereAtOnceIsDoneInOrderBeforeItReturns() {
        StringBuilder order = new StringBuilder();
        Beginning beginning = beginning(
                new Beginning.Step("the database", () -> order.append("database ")),
                new Beginning.Step("the broker", () -> order.append("broker")));
        assertThat(beginning.trouble()).contains("has not begun");
        beginning.begin();
        assertThat(order).hasToString("database broker");
        assertThat(beginning.trouble()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatComesLaterIsWaitedForAndItsAbsenceToldOnce() throws InterruptedException {
        AtomicBoolean there = new AtomicBoolean();
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger before = new AtomicInteger();
        Beginning beginning = beginning(
                new Beginning.Step("the database", before::incrementAndGet), new Beginning.Step("the broker", () -> {
                    if (tries.incrementAndGet() == 5) {
                        there.set(true);
                    }
                    if (!there.get()) {
                        throw new IllegalStateException("no answer");
                    }
                }));
        beginning.begin();
        beginning.await();
        assertThat(beginning.trouble()).isEmpty();
        assertThat(tries).hasValue(5);
        assertThat(before).as("steps before it are repeated").hasValue(5);
        assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo("the broker: no answer");
        assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo("all that was missing is there");
    }

    @Test
    void theTroubleIsSaidWhileItLasts() {
        Beginning beginning = beginning(new Beginning.Step("the database", () -> {
            throw new IllegalStateException("refused");
        }));
        beginning.begin();
        assertThat(beginning.trouble()).contains("the database: refused");
        beginning.stop();
        assertThatIllegalStateException()
                .isThrownBy(beginning::await)
                .withMessage("stopped before it began, the database: refused");
    }

    private Beginning beginning(Beginning.Step... steps) {
        return new Beginning(List.of(steps), SHORT, told::add);
    }
}
