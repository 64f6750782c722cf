package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;

/** The handler against a real broker with an engine that shows every lost or doubled step. */
class ExactlyOnceTest extends TrainerScene {
    @Test
    void aStudyIsTrainedOnceAndInOrderAlthoughJobsComeTwice() throws Exception {
        RunSpec first = run("a", 12);
        RunSpec second = run("b", 12);
        for (BatchJob job : Studies.jobs(first, 4)) {
            topics.send(0, job);
            topics.send(0, job);
        }
        Studies.jobs(second, 4).forEach(job -> topics.send(1, job));
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            awaitConsumed();
            assertThat(trainer.observer.observed).contains("skipped");
        }
        assertCompleteAndEqualToUndisturbed(first, second);
        assertThat(topics.deadLetters(first.runId())).isEmpty();
    }

    @Test
    void badJobsGoToTheDeadLettersAndTheRestFlows() throws Exception {
        RunSpec run = run("a", 4);
        RunSpec manyThreads =
                Studies.run(study, study + "-threads", Studies.SMALL, withThreads(Studies.recipe(1), 3), corpus, 4);
        topics.sendRaw(0, run.runId(), "{no json".getBytes(StandardCharsets.UTF_8));
        topics.sendRaw(0, run.runId(), "{\"slice\":1}".getBytes(StandardCharsets.UTF_8));
        topics.send(0, Studies.jobs(run, 2).get(1));
        topics.send(0, Studies.jobs(manyThreads, 4).get(0));
        RunSpec noCorpus = Studies.run(
                study,
                study + "-nocorpus",
                Studies.SMALL,
                Studies.recipe(1),
                new CorpusRef("absent", 4, 100, 1, corpus.references()),
                4);
        topics.send(0, Studies.jobs(noCorpus, 4).get(0));
        RunSpec noWeights = beginningWith(run("weights", 4), "0123456789abcdef");
        topics.send(0, Studies.jobs(noWeights, 4).get(0));
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            awaitConsumed();
            assertThat(trainer.observer.observed).contains("dead-lettered", "published");
        }
        assertThat(topics.deadLetters(run.runId()))
                .hasSize(3)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("no BatchJob"),
                        reason -> assertThat(reason).contains("no BatchJob"),
                        reason -> assertThat(reason).contains("does not follow record 0"));
        assertThat(topics.deadLetters(manyThreads.runId()))
                .singleElement()
                .asString()
                .contains("3 threads");
        assertThat(topics.deadLetters(noCorpus.runId()))
                .singleElement()
                .asString()
                .contains("tokens.absent");
        assertThat(topics.deadLetters(noWeights.runId()))
                .singleElement()
                .asString()
                .contains("initialWeights '0123456789abcdef'")
                .contains("no such weights");
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aFailureInTheMiddleOfASliceIsRepeatedFromThePointer() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        AtomicInteger calls = new AtomicInteger();
        engine.beforeStep(() -> {
            if (calls.incrementAndGet() == 7) {
                throw new IllegalStateException("a step fails once");
            }
        });
        try (TrainerProcess trainer = trainer("one", engine)) {
            awaitConsumed();
            assertThat(trainer.observer.observed).contains("retried", "restored at 4");
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aFrozenTrainerThatLostItsPartitionPublishesNothing() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        AtomicReference<TrainerProcess> process = new AtomicReference<>();
        Standstill eighth = Standstill.behindCommits(engine, 8, process);
        try (TrainerProcess zombie = trainer("zombie", engine)) {
            process.set(zombie);
            eighth.await();
            zombie.freeze();
            try (TrainerProcess newOwner = trainer("new-owner", new FakeEngine())) {
                awaitConsumed();
                assertThat(newOwner.observer.observed).contains("restored at 4");
                eighth.proceed();
                await().atMost(PATIENCE)
                        .until(() -> zombie.observer.observed.stream().anyMatch(line -> line.startsWith("dropped")));
                assertThat(engine.steps).hasValue(8);
            }
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void twoTrainersShareAStudyAndRebalanceWithoutLossOrRepeat() throws Exception {
        List<RunSpec> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RunSpec run = run("r" + i, 40);
            runs.add(run);
        }
        for (int slice = 0; slice < 20; slice++) {
            for (int i = 0; i < runs.size(); i++) {
                topics.send(i % 2, Studies.jobs(runs.get(i), 2).get(slice));
            }
        }
        FakeEngine early = new FakeEngine();
        FakeEngine late = new FakeEngine();
        try (TrainerProcess first = trainer("one", early)) {
            await().atMost(PATIENCE).until(() -> early.steps.get() > 4);
            try (TrainerProcess second = trainer("two", late)) {
                await().atMost(PATIENCE).until(() -> late.steps.get() > 4);
            }
            awaitConsumed();
            assertThat(first.observer.observed).contains("published");
        }
        assertCompleteAndEqualToUndisturbed(runs.toArray(RunSpec[]::new));
    }

    @Test
    void aStoppedRunIsSaidOnceSkippedAndTakenUpAgain() throws Exception {
        RunSpec run = run("a", 12);
        topics.command(
                new RunCommand(run.runId(), RunCommand.Action.STOP, "enough", "test", Instant.now()), run.runId());
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            awaitConsumed();
            assertThat(topics.events(study))
                    .singleElement()
                    .isInstanceOfSatisfying(TrainingEvent.RunStateChanged.class, change -> {
                        assertThat(change.state()).isEqualTo(RunState.STOPPED);
                        assertThat(change.reason()).isEqualTo("enough");
                    });
            assertThat(trainer.observer.observed).containsExactly("published", "skipped", "skipped");
        }
        topics.command(
                new RunCommand(run.runId(), RunCommand.Action.RESUME, "go on", "test", Instant.now()), run.runId());
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess trainer = trainer("two", new FakeEngine())) {
            awaitConsumed();
            assertThat(trainer.observer.observed).contains("published");
        }
        assertCompleteAndEqualToUndisturbed(run);
    }
}
