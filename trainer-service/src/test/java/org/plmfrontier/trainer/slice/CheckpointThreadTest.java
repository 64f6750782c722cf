package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CheckpointThreadTest {
    private final CheckpointThread writer = new CheckpointThread(100, Clock.system());
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        writer.close();
    }

    /** What a write does before it succeeds. */
    @FunctionalInterface
    private interface Body {
        void run() throws IOException;
    }

    private CheckpointWriter.Source source(String name, Body body) {
        return new CheckpointWriter.Source() {
            @Override
            public void save() throws IOException {
                body.run();
                happened.add("saved " + name);
            }

            @Override
            public void close() {
                happened.add("closed " + name);
            }
        };
    }

    /** Tries again so often, and says when a write begins and ends. */
    private SliceWatch watch(int tries) {
        AtomicInteger left = new AtomicInteger(tries);
        return new SliceWatch() {
            @Override
            public Demand demand() {
                return Demand.GO_ON;
            }

            @Override
            public boolean tryAgain(IOException failure) {
                happened.add("failed: " + failure.getMessage());
                return left.getAndDecrement() > 0;
            }

            @Override
            public void writing() {
                happened.add("writing");
            }

            @Override
            public void written() {
                happened.add("written");
            }
        };
    }

    private static void awaitEnd(CheckpointWrite write) throws IOException, InterruptedException {
        while (!write.isDurable()) {
            write.await();
        }
    }

    @Test
    void aWriteIsDurableWhenItEndsAndItsCopyIsFreedBeforeThat() throws Exception {
        CountDownLatch opens = new CountDownLatch(1);
        CheckpointWrite write = writer.begin(source("a", () -> waitFor(opens)), watch(0));
        assertThat(write.isDurable()).isFalse();
        write.await();
        assertThat(write.isDurable()).as("a wait is a moment").isFalse();
        opens.countDown();
        awaitEnd(write);
        assertThat(write.seconds()).isPositive();
        assertThat(happened).startsWith("writing", "saved a", "closed a");
    }

    @Test
    void writesComeOneAfterTheOther() throws Exception {
        CountDownLatch opens = new CountDownLatch(1);
        CheckpointWrite first = writer.begin(source("a", () -> waitFor(opens)), watch(0));
        CheckpointWrite second = writer.begin(source("b", () -> {}), watch(0));
        second.await();
        assertThat(second.isDurable()).isFalse();
        opens.countDown();
        awaitEnd(second);
        assertThat(first.isDurable()).isTrue();
        assertThat(happened)
                .containsSubsequence("writing", "saved a", "closed a", "written", "writing", "saved b", "closed b");
    }

    @Test
    void aFailureIsTriedAgainAsLongAsTheWatchSaysSo() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CheckpointWrite write = writer.begin(
                source("a", () -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IOException("full");
                    }
                }),
                watch(2));
        awaitEnd(write);
        assertThat(happened).startsWith("writing", "failed: full", "failed: full", "saved a", "closed a");
        CheckpointWrite lost = writer.begin(
                source("b", () -> {
                    throw new IOException("gone");
                }),
                watch(1));
        assertThatThrownBy(() -> awaitEnd(lost)).isInstanceOf(IOException.class).hasMessage("gone");
        assertThatThrownBy(lost::isDurable).as("each time").hasMessage("gone");
        assertThat(happened).containsSubsequence("failed: gone", "failed: gone", "closed b");
    }

    @Test
    void whatNobodyWantsIsNotTriedAgain() throws Exception {
        CountDownLatch opens = new CountDownLatch(1);
        CheckpointWrite write = writer.begin(
                source("a", () -> {
                    waitFor(opens);
                    throw new IOException("full");
                }),
                watch(Integer.MAX_VALUE));
        write.drop();
        opens.countDown();
        assertThatThrownBy(() -> awaitEnd(write)).hasMessage("full");
        assertThat(happened).doesNotContain("failed: full").contains("closed a");
    }

    @Test
    void anErrorOfTheWriteReachesTheThreadThatTrains() {
        CheckpointWrite write = writer.begin(
                source("a", () -> {
                    throw new OutOfMemoryError("planted");
                }),
                watch(5));
        assertThatThrownBy(() -> awaitEnd(write)).isInstanceOf(OutOfMemoryError.class);
        CheckpointWrite other = writer.begin(
                source("b", () -> {
                    throw new IllegalStateException("wrong");
                }),
                watch(5));
        assertThatThrownBy(() -> awaitEnd(other)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCopyMayBeHeldUpToTheLimit() {
        assertThat(writer.mayHold(100)).isTrue();
        assertThat(writer.mayHold(101)).isFalse();
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
