package org.plmfrontier.dataset.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandoffTest {
    @Test
    void everyItemIsWorkedOnInOrderInAnotherThread() {
        List<Integer> done = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (Handoff<Integer> handoff = new Handoff<>("step", 3, item -> {
            threads.add(Thread.currentThread());
            done.add(item);
        })) {
            IntStream.range(0, 1000).forEach(handoff::accept);
            handoff.finish();
        }
        assertThat(done).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(threads).doesNotContain(Thread.currentThread()).containsOnly(threads.get(0));
    }

    @Test
    void noMoreItemsWaitThanTheBound() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger given = new AtomicInteger();
        try (Handoff<Integer> handoff = new Handoff<>("step", 2, item -> await(go))) {
            Thread giver = Thread.ofPlatform()
                    .start(() -> IntStream.range(0, 5).forEach(item -> {
                        handoff.accept(item);
                        given.incrementAndGet();
                    }));
            while (giver.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(given).hasValue(2);
            go.countDown();
            giver.join();
            handoff.finish();
        }
        assertThat(given).hasValue(5);
    }

    @Test
    void aFailureEndsTheWorkAndReachesWhoeverGives() {
        List<Integer> done = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("the broker is gone");
        try (Handoff<Integer> handoff = new Handoff<>("step", 4, item -> {
            if (item == 10) {
                throw failure;
            }
            done.add(item);
        })) {
            for (int again = 0; again < 10; again++) {
                assertThatThrownBy(() -> IntStream.range(0, 1000).forEach(handoff::accept))
                        .isSameAs(failure);
            }
            assertThatThrownBy(handoff::finish).isSameAs(failure);
        }
        assertThat(done).isEqualTo(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void whatWaitsIsLeftOutWhenTheGiverGivesUp() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<Integer> done = new ArrayList<>();
        Handoff<Integer> handoff = new Handoff<>("step", 8, item -> {
            begun.countDown();
            await(go);
            done.add(item);
        });
        IntStream.range(0, 5).forEach(handoff::accept);
        await(begun);
        Thread closer = Thread.ofPlatform().start(handoff::close);
        while (closer.getState() == Thread.State.RUNNABLE || closer.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        go.countDown();
        handoff.close();
        assertThat(done).containsExactly(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
