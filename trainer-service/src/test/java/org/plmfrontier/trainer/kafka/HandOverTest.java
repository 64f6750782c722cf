package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;

/** Trainers that leave in the middle of a slice, and disks that are full or slow. */
class HandOverTest extends TrainerScene {
    @Test
    void aTrainerThatLeavesInTheMiddleOfASliceHandsItOverWhereItStands() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill sixth = Standstill.before(engine, 6);
        try (TrainerProcess trainer = trainer("one", engine)) {
            sixth.await();
            Thread leaving = leave(trainer, PATIENCE);
            sixth.proceed();
            leaving.join();
            assertThat(steps(run)).as("the step in hand is published too").hasSize(6);
            assertThat(topics.backlog(0, group)).as("the job is not consumed").isEqualTo(2);
        }
        assertThat(engine.open).hasValue(1);
        FakeEngine newOwnersEngine = new FakeEngine();
        try (TrainerProcess newOwner = trainer("two", newOwnersEngine)) {
            awaitConsumed();
            assertThat(newOwner.observer.observed).contains("restored at 6");
        }
        assertThat(newOwnersEngine.steps).as("nothing is trained twice").hasValue(6);
        assertCompleteAndEqualToUndisturbed(run);
        assertThat(slices(run)).containsExactly(0, 1, 2);
    }

    @Test
    void aSliceIsHandedOnFromTrainerToTrainerStepByStep() throws Exception {
        RunSpec run = run("a", 6);
        Studies.jobs(run, 6).forEach(job -> topics.send(0, job));
        for (int owner = 0; owner < 5; owner++) {
            FakeEngine engine = new FakeEngine();
            Standstill first = Standstill.before(engine, 1);
            try (TrainerProcess trainer = trainer("t" + owner, engine)) {
                first.await();
                Thread leaving = leave(trainer, PATIENCE);
                first.proceed();
                leaving.join();
            }
            assertThat(steps(run)).hasSize(owner + 1);
        }
        try (TrainerProcess last = trainer("last", new FakeEngine())) {
            awaitConsumed();
            assertThat(last.observer.observed).contains("restored at 5");
        }
        assertCompleteAndEqualToUndisturbed(run);
        assertThat(slices(run)).containsExactly(0);
    }

    @Test
    void aStopReachesTheSliceThatIsTrainingWithinAStep() throws Exception {
        RunSpec run = run("a", 12);
        List<BatchJob> jobs = Studies.jobs(run, 12);
        jobs.forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill fifth = Standstill.before(engine, 5);
        try (TrainerProcess trainer = trainer("one", engine)) {
            fifth.await();
            command(run, RunCommand.Action.STOP);
            await().atMost(PATIENCE).until(() -> trainer.knowsStop(run.runId()));
            fifth.proceed();
            awaitConsumed();
            assertThat(steps(run))
                    .as("the step in hand is published, none after it")
                    .hasSize(5);
            assertThat(engine.steps).hasValue(5);
            assertThat(topics.events(study).getLast())
                    .isInstanceOfSatisfying(TrainingEvent.RunStateChanged.class, change -> {
                        assertThat(change.state()).isEqualTo(RunState.STOPPED);
                        assertThat(change.step()).isEqualTo(5);
                        assertThat(change.reason()).isEqualTo("by a test");
                    });
            command(run, RunCommand.Action.RESUME);
            await().atMost(PATIENCE).until(() -> !trainer.knowsStop(run.runId()));
            jobs.forEach(job -> topics.send(0, job));
            awaitConsumed();
        }
        assertThat(engine.steps).as("nothing is trained twice").hasValue(12);
        assertCompleteAndEqualToUndisturbed(run);
    }

    private static void command(RunSpec run, RunCommand.Action action) {
        topics.command(new RunCommand(run.runId(), action, "by a test", "test", Instant.now()), run.runId());
    }

    @Test
    void aTrainerWhoseGraceEndsWithinAStepPublishesNothingMore() throws Exception {
        RunSpec run = run("a", 8);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        AtomicReference<TrainerProcess> process = new AtomicReference<>();
        Standstill sixth = Standstill.behindCommits(engine, 6, process);
        try (TrainerProcess trainer = trainer("one", engine)) {
            process.set(trainer);
            sixth.await();
            assertThat(trainer.stop(Duration.ofMillis(10))).isFalse();
            sixth.proceed();
        }
        assertThat(steps(run)).hasSize(4);
        try (TrainerProcess newOwner = trainer("two", new FakeEngine())) {
            awaitConsumed();
            assertThat(newOwner.observer.observed).contains("restored at 4");
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aFrozenTrainerCannotHandOverAPartOfASliceThatIsNoLongerItsOwn() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        AtomicReference<TrainerProcess> process = new AtomicReference<>();
        Standstill sixth = Standstill.behindCommits(engine, 6, process);
        try (TrainerProcess zombie = trainer("zombie", engine)) {
            process.set(zombie);
            sixth.await();
            zombie.freeze();
            try (TrainerProcess newOwner = trainer("new-owner", new FakeEngine())) {
                awaitConsumed();
                Thread leaving = leave(zombie, Duration.ofSeconds(2));
                sixth.proceed();
                leaving.join();
                assertThat(newOwner.observer.observed).contains("restored at 4");
            }
        }
        assertCompleteAndEqualToUndisturbed(run);
        assertThat(slices(run)).containsExactly(0, 1, 2);
    }

    @Test
    void aFullDiskHoldsTheSliceAndSaysSoUntilThereIsRoom() throws Exception {
        RunSpec run = run("a", 8);
        Path inTheWay = Files.writeString(folder.resolve(run.runId()), "a file where the run's folder should be");
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        try (TrainerProcess trainer = trainer("one", engine)) {
            await().atMost(PATIENCE).until(() -> trainer.notReadyReason().isPresent());
            assertThat(trainer.notReadyReason()).get().asString().contains("cannot be written");
            assertThat(topics.backlog(0, group)).isEqualTo(2);
            Files.delete(inTheWay);
            awaitConsumed();
            assertThat(trainer.notReadyReason()).isEmpty();
        }
        assertThat(engine.steps).as("no step is done twice").hasValue(8);
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aSlowDiskDoesNotCostThePartition() throws Exception {
        RunSpec run = run("a", 4);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        engine.beforeSave(() -> {
            writing.countDown();
            waitFor(written);
        });
        try (TrainerProcess slow = trainer("slow", engine)) {
            writing.await();
            try (TrainerProcess other = trainer("other", new FakeEngine())) {
                assertThat(written.await(TrainerProcess.LONGER_THAN_A_SESSION.toMillis(), TimeUnit.MILLISECONDS))
                        .isFalse();
                written.countDown();
                awaitConsumed();
                assertThat(other.observer.observed).doesNotContain("restored at 0");
                assertThat(slow.observer.observed).contains("published");
            }
        }
        assertThat(engine.steps).hasValue(4);
        assertCompleteAndEqualToUndisturbed(run);
    }
}
