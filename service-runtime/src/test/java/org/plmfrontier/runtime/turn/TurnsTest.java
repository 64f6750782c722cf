package org.plmfrontier.runtime.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        timer.shutdownNow();
        askers.shutdownNow();
    }

    @Test
    void oneWorksOneWaitsAndAThirdIsTurnedAway() throws Exception {
        Turns turns = turns(1, Duration.ofSeconds(20), Duration.ofSeconds(20));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<String> first = askers.submit(() -> turns.take(gone -> {}, () -> {
            begun.countDown();
            await(goOn);
            return "first";
        }));
        begun.await();
        CountDownLatch asked = new CountDownLatch(1);
        Future<String> second = askers.submit(() -> turns.take(gone -> asked.countDown(), () -> "second"));
        asked.await();

        assertThat(failure(turns).reason()).isEqualTo(NoTurnException.Reason.FULL);
        assertThat(second.isDone()).isFalse();
        goOn.countDown();
        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("second");
        assertThat(turns.<String>take(gone -> {}, () -> "third")).isEqualTo("third");
    }

    @Test
    void whoWaitsTooLongIsTurnedAway() throws Exception {
        Turns turns = turns(1, Duration.ofMillis(50), Duration.ofSeconds(20));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<String> first = askers.submit(() -> turns.take(gone -> {}, () -> {
            begun.countDown();
            await(goOn);
            return "first";
        }));
        begun.await();
        assertThat(failure(turns)).hasMessageContaining("0.05 s");
        goOn.countDown();
        first.get();
    }

    @Test
    void workThatTakesTooLongIsInterruptedAndTheNextHasItsTurn() {
        Turns turns = turns(0, Duration.ZERO, Duration.ofMillis(50));
        NoTurnException late =
                catchThrowableOfType(NoTurnException.class, () -> turns.take(gone -> {}, TurnsTest::untilInterrupted));
        assertThat(late.reason()).isEqualTo(NoTurnException.Reason.TOO_LONG);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(turns.<String>take(gone -> {}, () -> "next")).isEqualTo("next");
    }

    @Test
    void workWhoseAskerIsGoneIsInterruptedAndNothingIsAfterItsEnd() {
        Turns turns = turns(0, Duration.ZERO, Duration.ofSeconds(20));
        AtomicReference<Runnable> leave = new AtomicReference<>();
        NoTurnException gone = catchThrowableOfType(
                NoTurnException.class,
                () -> turns.take(
                        whenGone -> {
                            leave.set(whenGone);
                            CompletableFuture.runAsync(
                                    whenGone, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
                        },
                        TurnsTest::untilInterrupted));
        assertThat(gone.reason()).isEqualTo(NoTurnException.Reason.GONE);
        leave.get().run();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private Turns turns(int waiting, Duration wait, Duration limit) {
        return new Turns(new Turns.Bounds(waiting, wait, limit), timer);
    }

    private static NoTurnException failure(Turns turns) {
        return catchThrowableOfType(NoTurnException.class, () -> turns.take(gone -> {}, () -> "turned away"));
    }

    private static String untilInterrupted() {
        await(new CountDownLatch(1));
        return "never";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
