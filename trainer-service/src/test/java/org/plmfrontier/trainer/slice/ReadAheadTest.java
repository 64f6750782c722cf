package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

@Timeout(60)
class ReadAheadTest extends SliceScene {
    private final AtomicLong reads = new AtomicLong();

    /** A log that fails at one record. */
    private TokenLog log(long damaged) {
        return new TokenLog() {
            @Override
            public TokenBatch training(CorpusRef corpus, long index) throws TokenLogException {
                reads.incrementAndGet();
                if (index == damaged) {
                    throw new TokenLogException("record " + index + " is damaged");
                }
                return log.training(corpus, index);
            }

            @Override
            public TokenBatch heldOut(CorpusRef corpus, long index) throws TokenLogException {
                return log.heldOut(corpus, index);
            }
        };
    }

    private SliceTrainer trainer(TokenLog tokens, int stepsAhead) {
        return new SliceTrainer(
                new SliceTrainer.Device(engine, resident),
                new SliceTrainer.Storage(store, tokens),
                new SliceTrainer.HostMemory(1_000, stepsAhead),
                observer,
                new Clock(() -> NOW, () -> 0),
                "t1");
    }

    @AfterEach
    void nobodyReadsAnyMore() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("trainer-read-ahead"));
    }

    @Test
    void theEventsAreThoseOfATrainerThatReadsStepByStep() throws Exception {
        List<TrainingEvent> direct = new ArrayList<>();
        trainAll(trainer(log(-1), 0), run("r", 2, 4, 12), 4, direct);
        engine = new FakeEngine();
        List<TrainingEvent> ahead = new ArrayList<>();
        long before = reads.get();
        trainAll(trainer(log(-1), 3), run("r", 2, 4, 12), 4, ahead);
        assertThat(ahead).isEqualTo(direct);
        assertThat(reads.get() - before).as("no record behind a slice is read").isEqualTo(before);
    }

    @Test
    void aHandedOverSliceEndsTheReading() throws Exception {
        RunSpec run = run("r", 1, 12);
        BatchJob job = Studies.jobs(run, 12).getFirst();
        SliceReport part = publish(trainer(log(-1), 2), job, null, LEASE, handOverAfter(3));
        assertThat(steps(part.events())).hasSize(3);
        assertThat(reads.get()).isBetween(3L, 6L);
    }

    @Test
    void noMoreThanTheBoundLiesReady() {
        StepInput.Reader reader = new StepInput.Reader(log(-1), run("r", 1, 100));
        try (ReadAhead inputs = ReadAhead.start(reader, 0, 100, 3)) {
            await().until(() -> reads.get() == 3);
            await().during(java.time.Duration.ofMillis(200)).until(() -> reads.get() == 3);
            assertThat(inputs.next().batches()).hasSize(1);
            await().until(() -> reads.get() == 4);
        } catch (TokenLogException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsReadInAPause() throws Exception {
        StepInput.Reader reader = new StepInput.Reader(log(-1), run("r", 1, 100));
        try (ReadAhead inputs = ReadAhead.start(reader, 0, 100, 3)) {
            await().until(() -> reads.get() == 3);
            inputs.pause();
            inputs.next();
            inputs.next();
            await().during(java.time.Duration.ofMillis(200)).until(() -> reads.get() == 3);
            inputs.resume();
            await().until(() -> reads.get() == 5);
        }
    }

    @Test
    void aFailureIsThrownAtItsStepAndTheStepsBeforeItAreTrained() throws Exception {
        RunSpec run = run("r", 1, 6);
        BatchJob first = Studies.jobs(run, 3).get(0);
        CheckpointPointer pointer = train(trainer(log(4), 4), first, null, LEASE);
        assertThat(pointer.progress().position()).isEqualTo(3);
        long before = engine.steps.get();
        assertThatThrownBy(() ->
                        discard(trainer(log(4), 4), Studies.jobs(run, 3).get(1), pointer, LEASE, SliceScene::goOn))
                .isInstanceOf(TokenLogException.class)
                .hasMessage("record 4 is damaged");
        assertThat(engine.steps.get() - before).as("the step before it").isEqualTo(1);
    }

    @Test
    void aFailureIsThrownEachTime() {
        StepInput.Reader reader = new StepInput.Reader(log(0), run("r", 1, 6));
        try (ReadAhead inputs = ReadAhead.start(reader, 0, 6, 2)) {
            assertThatThrownBy(inputs::next).hasMessage("record 0 is damaged");
            assertThatThrownBy(inputs::next).hasMessage("record 0 is damaged");
        }
    }

    @Test
    void anInterruptIsKeptForLater() throws Exception {
        StepInput.Reader reader = new StepInput.Reader(log(-1), run("r", 1, 6));
        try (ReadAhead inputs = ReadAhead.start(reader, 0, 6, 2)) {
            Thread.currentThread().interrupt();
            assertThat(inputs.next().selected()).isPositive();
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
