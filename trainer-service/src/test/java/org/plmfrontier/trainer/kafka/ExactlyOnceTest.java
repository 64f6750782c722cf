package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.stack.TestStack;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;

/** The handler against a real broker with an engine that shows every lost or doubled step. */
class ExactlyOnceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static String servers;
    private static StudyTopics topics;
    private static CorpusRef corpus;

    @TempDir
    Path folder;

    private String study;
    private String group;

    @BeforeAll
    static void start() {
        servers = TestStack.get().bootstrapServers();
        topics = new StudyTopics(servers);
        corpus = topics.writeCorpus(
                "exactly-once",
                Studies.records("exactly-once", 8, 3, 20, 1),
                Studies.records("exactly-once", 2, 3, 20, 2));
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        study = "s" + Math.abs(test.getDisplayName().hashCode());
        group = "g-" + study;
        topics.beginAtTheEnd(group);
    }

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
            assertThat(trainer.observer.told).contains("skipped");
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
            assertThat(trainer.observer.told).contains("buried", "published");
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
            assertThat(trainer.observer.told).contains("retried", "restored at 4");
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

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
        FakeEngine heirsEngine = new FakeEngine();
        try (TrainerProcess heir = trainer("two", heirsEngine)) {
            awaitConsumed();
            assertThat(heir.observer.told).contains("restored at 6");
        }
        assertThat(heirsEngine.steps).as("nothing is trained twice").hasValue(6);
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
            assertThat(last.observer.told).contains("restored at 5");
        }
        assertCompleteAndEqualToUndisturbed(run);
        assertThat(slices(run)).containsExactly(0);
    }

    @Test
    void aTrainerWhoseGraceEndsWithinAStepPublishesNothingMore() throws Exception {
        RunSpec run = run("a", 8);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill sixth = Standstill.before(engine, 6);
        try (TrainerProcess trainer = trainer("one", engine)) {
            sixth.await();
            assertThat(trainer.stop(Duration.ofMillis(10))).isFalse();
            sixth.proceed();
        }
        assertThat(steps(run)).hasSize(4);
        try (TrainerProcess heir = trainer("two", new FakeEngine())) {
            awaitConsumed();
            assertThat(heir.observer.told).contains("restored at 4");
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aFrozenTrainerCannotHandOverAPartOfASliceThatIsNoLongerItsOwn() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill sixth = Standstill.before(engine, 6);
        try (TrainerProcess zombie = trainer("zombie", engine)) {
            sixth.await();
            zombie.freeze();
            try (TrainerProcess heir = trainer("heir", new FakeEngine())) {
                awaitConsumed();
                Thread leaving = leave(zombie, Duration.ofSeconds(2));
                sixth.proceed();
                leaving.join();
                assertThat(heir.observer.told).contains("restored at 4");
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
            await().atMost(PATIENCE).until(() -> trainer.trouble().isPresent());
            assertThat(trainer.trouble()).get().asString().contains("cannot be written");
            assertThat(topics.backlog(0, group)).isEqualTo(2);
            Files.delete(inTheWay);
            awaitConsumed();
            assertThat(trainer.trouble()).isEmpty();
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
                assertThat(other.observer.told).doesNotContain("restored at 0");
                assertThat(slow.observer.told).contains("published");
            }
        }
        assertThat(engine.steps).hasValue(4);
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aFrozenTrainerThatLostItsPartitionPublishesNothing() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        engine.beforeStep(() -> {
            if (calls.incrementAndGet() == 8) {
                inside.countDown();
                waitFor(proceed);
            }
        });
        try (TrainerProcess zombie = trainer("zombie", engine)) {
            inside.await();
            zombie.freeze();
            try (TrainerProcess heir = trainer("heir", new FakeEngine())) {
                awaitConsumed();
                assertThat(heir.observer.told).contains("restored at 4");
                proceed.countDown();
                await().atMost(PATIENCE).until(() -> zombie.observer.told.contains("retried"));
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
            assertThat(first.observer.told).contains("published");
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
            assertThat(trainer.observer.told).containsExactly("published", "skipped", "skipped");
        }
        topics.command(
                new RunCommand(run.runId(), RunCommand.Action.RESUME, "go on", "test", Instant.now()), run.runId());
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess trainer = trainer("two", new FakeEngine())) {
            awaitConsumed();
            assertThat(trainer.observer.told).contains("published");
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

    private static Thread leave(TrainerProcess trainer, Duration grace) {
        Thread leaving = Thread.ofPlatform().daemon().start(() -> {
            try {
                trainer.stop(grace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(PATIENCE).until(() -> leaving.getState() == Thread.State.TIMED_WAITING);
        return leaving;
    }

    private List<Integer> slices(RunSpec run) {
        return topics.events(study).stream()
                .filter(TrainingEvent.SliceCompleted.class::isInstance)
                .map(TrainingEvent.SliceCompleted.class::cast)
                .filter(slice -> slice.runId().equals(run.runId()))
                .map(TrainingEvent.SliceCompleted::slice)
                .toList();
    }

    private TrainerProcess trainer(String name, FakeEngine engine) {
        return new TrainerProcess(servers, study + "-" + name, group, folder, engine).start();
    }

    private RunSpec run(String name, long end) {
        return Studies.run(study, study + "-" + name, Studies.SMALL, Studies.recipe(1), corpus, end);
    }

    private void awaitConsumed() {
        for (int partition = 0; partition < StudyTopics.PARTITIONS; partition++) {
            int place = partition;
            await().atMost(PATIENCE).until(() -> topics.backlog(place, group) == 0);
        }
    }

    private List<TrainingEvent.StepCompleted> steps(RunSpec run) {
        return topics.events(study).stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .map(TrainingEvent.StepCompleted.class::cast)
                .filter(step -> step.runId().equals(run.runId()))
                .toList();
    }

    private void assertCompleteAndEqualToUndisturbed(RunSpec... runs) {
        List<Double> undisturbed = null;
        for (RunSpec run : runs) {
            List<TrainingEvent.StepCompleted> steps = steps(run);
            assertThat(steps.stream().map(TrainingEvent.StepCompleted::step))
                    .as("steps of %s", run.runId())
                    .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, run.endRecord())
                            .boxed()
                            .toList());
            List<Double> losses =
                    steps.stream().map(TrainingEvent.StepCompleted::lossNats).toList();
            undisturbed = undisturbed == null ? Undisturbed.losses(run) : undisturbed;
            assertThat(losses).as("losses of %s", run.runId()).containsExactlyElementsOf(undisturbed);
            assertThat(topics.events(study).stream()
                            .filter(event -> event.runId().equals(run.runId()))
                            .filter(event -> event instanceof TrainingEvent.RunStateChanged change
                                    && change.state() == RunState.COMPLETED))
                    .hasSize(1);
        }
    }

    private static RunSpec beginningWith(RunSpec run, String weights) {
        return new RunSpec(
                run.studyId(),
                run.runId(),
                run.name(),
                run.shape(),
                run.recipe(),
                run.corpus(),
                run.budgets(),
                run.expectedFlops(),
                weights);
    }

    private static Recipe withThreads(Recipe recipe, int threads) {
        return new Recipe(
                recipe.name(),
                recipe.schedule(),
                recipe.optimizer(),
                recipe.masking(),
                recipe.tokenDropout(),
                recipe.recordsPerStep(),
                recipe.precision(),
                recipe.deterministic(),
                recipe.seed(),
                threads);
    }

    /** Holds an engine before one of its steps. */
    private record Standstill(CountDownLatch inside, CountDownLatch proceeds) {
        static Standstill before(FakeEngine engine, int step) {
            Standstill standstill = new Standstill(new CountDownLatch(1), new CountDownLatch(1));
            AtomicInteger calls = new AtomicInteger();
            engine.beforeStep(() -> {
                if (calls.incrementAndGet() == step) {
                    standstill.inside.countDown();
                    waitFor(standstill.proceeds);
                }
            });
            return standstill;
        }

        void await() throws InterruptedException {
            inside.await();
        }

        void proceed() {
            proceeds.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
