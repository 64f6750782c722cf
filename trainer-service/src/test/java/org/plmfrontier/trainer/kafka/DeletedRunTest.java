package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;

/** Runs whose study was deleted: nothing more is trained of them, and nothing is kept. */
class DeletedRunTest extends TrainerScene {
    @Test
    void aRunThatIsDeletedInTheMiddleOfASliceIsGivenUpAndTheOneSubmittedAgainTrainsFromItsBeginning() throws Exception {
        RunSpec doomed = run("a", 12);
        RunSpec again = run("a.2", 12);
        Studies.jobs(doomed, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill sixth = Standstill.before(engine, 6);
        try (TrainerProcess trainer = trainer("one", engine)) {
            sixth.await();
            delete(doomed);
            await().atMost(PATIENCE).until(() -> trainer.knowsDeletion(doomed.runId()));
            Studies.jobs(again, 6).forEach(job -> topics.send(0, job));
            sixth.proceed();
            awaitConsumed();
            assertThat(engine.steps)
                    .as("the step in hand, and the run submitted again")
                    .hasValue(6 + 12);
            awaitRemoved(doomed);
        }
        assertThat(steps(doomed)).hasSizeLessThanOrEqualTo(4);
        assertThat(topics.deadLetters(doomed.runId())).isEmpty();
        assertCompleteAndEqualToUndisturbed(again);
        assertThat(folder.resolve(again.runId())).isNotEmptyDirectory();
    }

    @Test
    void aRunThatIsOverIsRemovedWithoutAJobAndOthersOfItsPartitionStay() throws Exception {
        RunSpec doomed = run("a", 8);
        RunSpec other = run("b", 8);
        Studies.jobs(doomed, 4).forEach(job -> topics.send(0, job));
        Studies.jobs(other, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess trainer = trainer("one", new FakeEngine())) {
            awaitConsumed();
            assertThat(pointers()).containsKeys(doomed.runId(), other.runId());
            assertThat(folder.resolve(doomed.runId())).isNotEmptyDirectory();
            delete(doomed);
            awaitRemoved(doomed);
            assertThat(trainer.end()).isEmpty();
        }
        assertThat(pointers()).containsKey(other.runId());
        assertThat(folder.resolve(other.runId())).isNotEmptyDirectory();
        assertCompleteAndEqualToUndisturbed(doomed, other);
    }

    @Test
    void aTrainerThatStartsAfterTheDeletionPassesOverTheJobsThatWaitAndRemovesWhatIsLeft() throws Exception {
        RunSpec doomed = run("a", 12);
        topics.send(0, Studies.jobs(doomed, 4).get(0));
        try (TrainerProcess first = trainer("one", new FakeEngine())) {
            awaitConsumed();
            assertThat(first.observer.observed).contains("published");
        }
        delete(doomed);
        Studies.jobs(doomed, 4).forEach(job -> topics.send(0, job));
        List<TrainingEvent> before = topics.events(study);
        FakeEngine engine = new FakeEngine();
        try (TrainerProcess second = trainer("two", engine)) {
            awaitConsumed();
            awaitRemoved(doomed);
            assertThat(second.observer.observed).containsExactly("skipped", "skipped", "skipped");
        }
        assertThat(engine.steps).hasValue(0);
        assertThat(topics.events(study)).isEqualTo(before);
    }

    @Test
    void aTrainerThatStartsAfterTheDeletionRemovesTheRunOfAPartitionWithoutJobs() throws Exception {
        RunSpec doomed = run("a", 8);
        Studies.jobs(doomed, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess first = trainer("one", new FakeEngine())) {
            awaitConsumed();
            assertThat(first.end()).isEmpty();
        }
        assertThat(pointers()).containsKey(doomed.runId());
        delete(doomed);
        try (TrainerProcess second = trainer("two", new FakeEngine())) {
            awaitRemoved(doomed);
            assertThat(second.end()).isEmpty();
        }
    }

    private void awaitRemoved(RunSpec run) {
        await().atMost(PATIENCE)
                .until(() -> !folder.resolve(run.runId()).toFile().exists());
        await().atMost(PATIENCE).until(() -> !pointers().containsKey(run.runId()));
        assertThat(folder.resolve("_attempts").resolve(run.runId())).doesNotExist();
    }

    private static Map<String, CheckpointPointer> pointers() {
        return new CheckpointPointers(StudyTopics.settings(servers, "reader")).read(0);
    }

    private static void delete(RunSpec run) {
        topics.command(
                new RunCommand(run.runId(), RunCommand.Action.STOP, "deleted", "test", Instant.now()), run.runId());
        topics.command(
                new RunCommand(run.runId(), RunCommand.Action.DELETE, "deleted", "test", Instant.now()), run.runId());
    }
}
