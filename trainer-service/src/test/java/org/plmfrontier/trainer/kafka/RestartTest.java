package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.safetensors.FolderAttempts;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.Studies;

/** A trainer starts again beside every kind of state that it keeps. */
class RestartTest extends TrainerScene {
    @Test
    void aTrainerGoesOnBesideEveryKindOfStateThatAnEarlierOneLeft() throws Exception {
        RunSpec done = run("done", 4);
        RunSpec half = run("half", 8);
        RunSpec stopped = run("stopped", 8);
        RunSpec imported = beginningWith(run("imported", 4), weights());
        Studies.jobs(done, 4).forEach(job -> topics.send(0, job));
        topics.send(0, Studies.jobs(half, 4).get(0));
        topics.sendRaw(1, done.runId(), "{no job".getBytes(StandardCharsets.UTF_8));
        topics.command(command(stopped, RunCommand.Action.STOP), stopped.runId());
        Studies.jobs(stopped, 4).forEach(job -> topics.send(1, job));
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            awaitConsumed();
        }
        Path own = Files.writeString(
                folder.resolve(half.runId()).resolve("step-000000000005-" + study + "-one.safetensors.part"), "half");
        Path others = Files.writeString(
                folder.resolve(half.runId()).resolve("step-000000000999-x-" + study + "-one.safetensors.part"), "half");
        Path ownImport = Files.writeString(folder.resolve("_weights/import-" + study + "-one-7.part"), "half");
        new FolderAttempts(folder, study + "-one").begin(half.runId(), "0-0");
        topics.send(0, Studies.jobs(half, 4).get(1));
        topics.send(1, Studies.jobs(imported, 4).get(0));
        topics.command(command(stopped, RunCommand.Action.RESUME), stopped.runId());
        Studies.jobs(stopped, 4).forEach(job -> topics.send(1, job));
        try (TrainerProcess again = trainer("one", new FakeEngine())) {
            awaitConsumed();
            assertThat(again.observer.observed).contains("restored at 4");
        }
        assertThat(own).doesNotExist();
        assertThat(ownImport).doesNotExist();
        assertThat(others).as("another trainer may be writing it").exists();
        assertThat(folder.resolve("_attempts").resolve(half.runId())).doesNotExist();
        assertThat(topics.deadLetters(done.runId())).singleElement().asString().contains("no BatchJob");
        assertThat(topics.deadLetters(half.runId())).isEmpty();
        assertCompleteAndEqualToUndisturbed(done);
        assertCompleteAndEqualToUndisturbed(half, stopped);
        assertThat(steps(imported)).hasSize(4);
    }

    @Test
    void aJobWhoseTrainersWereKilledIsGivenUpWhileOthersGoOnAndAResumeTriesItAgain() throws Exception {
        RunSpec poison = run("poison", 12);
        RunSpec other = run("other", 4);
        long offset = topics.end(0);
        Studies.jobs(poison, 4).forEach(job -> topics.send(0, job));
        Studies.jobs(other, 4).forEach(job -> topics.send(0, job));
        for (int killed = 0; killed < TrainerProcess.ATTEMPTS; killed++) {
            new FolderAttempts(folder, study + "-killed").begin(poison.runId(), "0-" + offset);
        }
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            awaitConsumed();
            String reason = "2 attempts at slice 0 ended with the trainer's process";
            assertThat(topics.deadLetters(poison.runId())).containsExactly(reason);
            assertThat(states(poison)).singleElement().satisfies(change -> {
                assertThat(change.state()).isEqualTo(RunState.STOPPED);
                assertThat(change.reason()).isEqualTo(reason);
            });
            assertCompleteAndEqualToUndisturbed(other);
            Studies.jobs(poison, 4).forEach(job -> topics.send(0, job));
            awaitConsumed();
        }
        assertCompleteAndEqualToUndisturbed(poison);
    }

    @Test
    void anAttemptThatEndsInOrderDoesNotCount() throws Exception {
        RunSpec run = run("a", 8);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill third = Standstill.before(engine, 3);
        FolderAttempts attempts = new FolderAttempts(folder, "reader");
        String delivery = "0-" + (topics.end(0) - 2);
        try (TrainerProcess trainer = trainer("one", engine)) {
            third.await();
            assertThat(attempts.open(run.runId(), delivery))
                    .as("written down before it begins")
                    .isEqualTo(1);
            assertThat(trainer.stop(java.time.Duration.ofMillis(10))).isFalse();
            assertThat(attempts.open(run.runId(), delivery))
                    .as("the process leaves")
                    .isZero();
            third.proceed();
        }
        assertThat(attempts.open(run.runId(), delivery)).isZero();
    }

    @Test
    void twoRecipesUnderOneIdNeverMeetInOneRun() throws Exception {
        RunSpec first = run("a", 8);
        RunSpec second = RunSpecBuilder.builder()
                .studyId(first.studyId())
                .runId(first.runId())
                .name(first.name())
                .shape(first.shape())
                .recipe(first.recipe().withSeed(99))
                .corpus(first.corpus())
                .budgets(first.budgets())
                .expectedFlops(first.expectedFlops())
                .build();
        topics.send(0, Studies.jobs(first, 4).get(0));
        Studies.jobs(second, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            awaitConsumed();
            String reason = "the job is of specification " + second.specification() + ", run " + first.runId()
                    + " was trained to record 4 under " + first.specification() + ": seed 99 instead of 7";
            assertThat(topics.deadLetters(first.runId())).containsExactly(reason, reason);
            assertThat(states(first).getLast().state()).isEqualTo(RunState.STOPPED);
            assertThat(states(first).getLast().reason()).isEqualTo(reason);
            topics.send(0, Studies.jobs(first, 4).get(1));
            awaitConsumed();
        }
        assertCompleteAndEqualToUndisturbed(first);
    }

    @Test
    void aTokenLogThatIsMendedIsReadOnWithoutARestart() throws Exception {
        String id = "mended";
        CorpusRef own = topics.writeCorpus(id, Studies.records(id, 8, 3, 20, 1), Studies.records(id, 2, 3, 20, 2));
        RunSpec run = Studies.run(study, study + "-a", Studies.SMALL, Studies.recipe(1), own, 4);
        Path file = topics.tokenFile(id);
        flip(file);
        BatchJob job = Studies.jobs(run, 4).get(0);
        topics.send(0, job);
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            await().atMost(PATIENCE).until(() -> trainer.notReadyReason().isPresent());
            assertThat(trainer.notReadyReason())
                    .get()
                    .asString()
                    .containsPattern("tokens.mended-0 cannot be read at offset \\d+: .*corrupt");
            awaitConsumed();
            assertThat(topics.deadLetters(run.runId()))
                    .singleElement()
                    .asString()
                    .containsPattern("waited for longer than PT0.5S: tokens.mended-0 cannot be read at offset \\d+: ");
            topics.send(0, job);
            await().atMost(PATIENCE).until(() -> trainer.notReadyReason().isPresent());
            flip(file);
            awaitConsumed();
        }
        assertThat(steps(run)).hasSize(4);
        assertThat(states(run).getLast().state()).isEqualTo(RunState.COMPLETED);
    }

    private List<RunStateChanged> states(RunSpec run) {
        return topics.events(study).stream()
                .filter(RunStateChanged.class::isInstance)
                .map(RunStateChanged.class::cast)
                .filter(change -> change.runId().equals(run.runId()))
                .toList();
    }

    private String weights() throws IOException {
        return new FolderCheckpoints(folder, "importer").keepWeights(Studies.SMALL, new InitialWeights(5), "# card");
    }

    private static RunCommand command(RunSpec run, RunCommand.Action action) {
        return new RunCommand(run.runId(), action, "asked", "test", Instant.now());
    }

    /** Changes one byte of the last batch of the broker's file, or changes it back. */
    private static void flip(Path file) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            long place = log.length() - 20;
            log.seek(place);
            int value = log.read();
            log.seek(place);
            log.write(value ^ 1);
        }
    }
}
