package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plmfrontier.trainer.engine.PendingStep;

/** Numbers that another writer puts into memory. */
@Timeout(60)
class ArrivingStepTest {
    private final ByteBuffer memory = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
    private final AtomicInteger reads = new AtomicInteger();

    ArrivingStepTest() {
        memory.putDouble(0, -1).putDouble(8, -1);
    }

    @Test
    void itIsDoneWhenBothNumbersHaveCome() {
        ArrivingStep step = step(() -> {}, Duration.ofDays(1));
        assertThat(step.isDone()).isFalse();
        memory.putDouble(8, 0.5);
        assertThat(step.isDone()).isFalse();
        memory.putDouble(0, 2.75);
        assertThat(step.isDone()).isTrue();
        assertThat(step.await()).isEqualTo(new PendingStep.Numbers(2.75, 0.5));
        assertThat(reads).hasValue(1);
    }

    @Test
    void whoWaitsSeesWhatAnotherThreadWrites() throws InterruptedException {
        Thread device = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            memory.putDouble(0, 1).putDouble(8, 2);
        });
        assertThat(step(() -> {}, Duration.ofDays(1)).await()).isEqualTo(new PendingStep.Numbers(1, 2));
        device.join();
    }

    @Test
    void numbersThatAreNoneAreAnAnswerToo() {
        memory.putDouble(0, Double.NaN).putDouble(8, Double.POSITIVE_INFINITY);
        ArrivingStep step = step(() -> {}, Duration.ofDays(1));
        assertThat(step.isDone()).isTrue();
        assertThat(step.await()).isEqualTo(new PendingStep.Numbers(Double.NaN, Double.POSITIVE_INFINITY));
    }

    @Test
    void aDeviceThatFailedIsToldAfterAWhile() {
        ArrivingStep broken = step(
                () -> {
                    throw new IllegalStateException("CUDA error");
                },
                Duration.ofMillis(1));
        assertThatThrownBy(broken::await).hasMessage("CUDA error");
        ArrivingStep silent = step(() -> {}, Duration.ofMillis(1));
        assertThatThrownBy(silent::await).hasMessageContaining("has left no loss");
        ArrivingStep slow = step(() -> memory.putDouble(0, 3).putDouble(8, 4), Duration.ofMillis(1));
        assertThat(slow.await()).isEqualTo(new PendingStep.Numbers(3, 4));
    }

    private ArrivingStep step(Runnable awaitDevice, Duration patience) {
        return new ArrivingStep(memory, reads::incrementAndGet, awaitDevice, patience);
    }
}
