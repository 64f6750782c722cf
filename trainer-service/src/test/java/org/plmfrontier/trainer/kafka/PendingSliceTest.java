package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.AlteredStore;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.DirectWriter;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.RecordingObserver;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedSlice;

/** A slice whose checkpoint is being written while the next one trains. */
class PendingSliceTest extends TrainerScene {
    private static final double SLOW_BYTES_PER_SECOND = 2e3;

    @TempDir
    Path calmFolder;

    /** A store whose writes of states at some steps wait. */
    private record Gate(long step, CountDownLatch inside, CountDownLatch opens) {
        static Gate atStep(long step) {
            return new Gate(step, new CountDownLatch(1), new CountDownLatch(1));
        }

        TrainerProcess trainer(TrainerScene scene, String name, FakeEngine engine) {
            return scene.trainer(
                    name,
                    engine,
                    store -> new AlteredStore(store, (progress, state) -> {
                        if (progress.step() == step) {
                            inside.countDown();
                            waitFor(opens);
                        }
                        return state;
                    }));
        }
    }

    @Test
    void theNextSliceTrainsMeanwhileAndNoneBehindIt() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Gate gate = Gate.atStep(4);
        try (TrainerProcess trainer = gate.trainer(this, "one", engine)) {
            gate.inside.await();
            await().atMost(PATIENCE).until(() -> engine.steps.get() == 8);
            Thread.sleep(500);
            assertThat(engine.steps)
                    .as("a slice that ended waits for the one before")
                    .hasValue(8);
            assertThat(topics.events(study)).as("nothing is durable").isEmpty();
            assertThat(topics.backlog(0, group)).isEqualTo(3);
            gate.opens.countDown();
            awaitConsumed();
            assertThat(trainer.observer.observed).contains("saved beside").doesNotContain("saved in line");
        }
        assertThat(engine.snapshots).hasValue(0);
        assertCompleteAndEqualToUndisturbed(run);
        assertThat(slices(run)).containsExactly(0, 1, 2);
        List<Double> heldUp = heldUpSeconds();
        assertThat(heldUp.getFirst()).as("no checkpoint before it").isNull();
        assertThat(heldUp.get(1)).as("a copy").isBetween(0.0, 0.4);
        assertThat(heldUp.get(2)).as("the write that was waited for").isGreaterThan(0.4);
    }

    /** Of every slice, in the order of the log; null where it says nothing. */
    private List<Double> heldUpSeconds() {
        return topics.events(study).stream()
                .filter(SliceCompleted.class::isInstance)
                .map(event -> ((SliceCompleted) event).heldUpSeconds())
                .toList();
    }

    @Test
    void aSliceIsCommittedBetweenTwoStepsOfTheNextOne() throws Exception {
        RunSpec run = run("a", 8);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        AtomicReference<TrainerProcess> process = new AtomicReference<>();
        Standstill seventh = Standstill.behindCommits(engine, 7, process);
        try (TrainerProcess trainer = trainer("one", engine)) {
            process.set(trainer);
            seventh.await();
            assertThat(slices(run)).as("in the middle of the next slice").containsExactly(0);
            assertThat(topics.backlog(0, group)).isEqualTo(1);
            seventh.proceed();
            awaitConsumed();
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aTrainerThatLeavesCommitsThePendingSliceAndThenThePartBehindIt() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill sixth = Standstill.before(engine, 6);
        Gate gate = Gate.atStep(4);
        try (TrainerProcess trainer = gate.trainer(this, "one", engine)) {
            sixth.await();
            Thread leaving = leave(trainer, PATIENCE);
            sixth.proceed();
            Thread.sleep(300);
            assertThat(topics.events(study)).isEmpty();
            gate.opens.countDown();
            leaving.join();
            assertThat(steps(run)).hasSize(6);
            assertThat(slices(run)).containsExactly(0);
            assertThat(topics.backlog(0, group)).isEqualTo(2);
        }
        FakeEngine newOwnersEngine = new FakeEngine();
        try (TrainerProcess newOwner = trainer("two", newOwnersEngine)) {
            awaitConsumed();
            assertThat(newOwner.observer.observed).contains("restored at 6");
        }
        assertThat(newOwnersEngine.steps).as("nothing is trained twice").hasValue(6);
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aTrainerThatLeavesWithoutAJobInHandCommitsWhatIsPending() throws Exception {
        RunSpec run = run("a", 4);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        Gate gate = Gate.atStep(4);
        try (TrainerProcess trainer = gate.trainer(this, "one", new FakeEngine())) {
            gate.inside.await();
            Thread leaving = Thread.ofPlatform().start(() -> stop(trainer, PATIENCE));
            Thread.sleep(300);
            assertThat(leaving.isAlive()).isTrue();
            gate.opens.countDown();
            leaving.join();
            assertCompleteAndEqualToUndisturbed(run);
        }
    }

    private static void stop(TrainerProcess trainer, Duration grace) {
        try {
            assertThat(trainer.stop(grace)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPendingSliceThatIsLostIsTrainedAgainThoughItsJobComesOnlyOnce() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        AtomicInteger failures = new AtomicInteger();
        try (TrainerProcess trainer = trainer(
                "one",
                new FakeEngine(),
                store -> new AlteredStore(store, (at, state) -> {
                    boolean first = at.step() == 4 && failures.compareAndSet(0, 1);
                    boolean last = at.step() == 12 && failures.compareAndSet(1, 2);
                    if (first || last) {
                        throw new IllegalStateException("a write fails for good");
                    }
                    return state;
                }))) {
            awaitConsumed();
            assertThat(trainer.observer.observed).contains("retried", "restored at 8");
        }
        assertThat(failures)
                .as("once beside another slice, once without a next job")
                .hasValue(2);
        assertThat(topics.deadLetters(run.runId())).isEmpty();
        assertCompleteAndEqualToUndisturbed(run);
        assertThat(slices(run)).containsExactly(0, 1, 2);
    }

    /** The model went with the failed step, so the next attempt restores the state that is still being written. */
    @Test
    void aSliceThatFailsBehindAPendingOneWaitsForItsCheckpointAndGoesOnFromThere() throws Exception {
        RunSpec run = run("a", 8);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        AtomicInteger calls = new AtomicInteger();
        engine.beforeStep(() -> {
            if (calls.incrementAndGet() == 6) {
                throw new IllegalStateException("a step fails once");
            }
        });
        Gate gate = Gate.atStep(4);
        try (TrainerProcess trainer = gate.trainer(this, "one", engine)) {
            await().atMost(PATIENCE).until(() -> trainer.observer.observed.contains("retried"));
            Thread.sleep(500);
            gate.opens.countDown();
            awaitConsumed();
            assertThat(trainer.observer.observed)
                    .contains("restored at 4")
                    .noneMatch(line -> line.startsWith("refused"));
        }
        assertThat(engine.steps).hasValue(9);
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aWriteThatKeepsFailingHoldsItsSliceAndSaysSoWhileTheNextOneTrains() throws Exception {
        RunSpec run = run("a", 12);
        Path inTheWay = Files.writeString(folder.resolve(run.runId()), "a file where the run's folder should be");
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        try (TrainerProcess trainer = trainer("one", engine)) {
            await().atMost(PATIENCE).until(() -> engine.steps.get() == 8);
            await().atMost(PATIENCE).until(() -> trainer.notReadyReason().isPresent());
            assertThat(trainer.notReadyReason()).get().asString().contains("a checkpoint cannot be written");
            Files.delete(inTheWay);
            awaitConsumed();
            assertThat(trainer.notReadyReason()).isEmpty();
        }
        assertThat(engine.steps).as("no step is done twice").hasValue(12);
        assertCompleteAndEqualToUndisturbed(run);
    }

    @Test
    void aStateThatMayNotBeHeldTwiceIsWrittenInLine() throws Exception {
        RunSpec run = run("a", 8);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        try (TrainerProcess trainer = trainer("one", new FakeEngine(), store -> store, 1000)) {
            awaitConsumed();
            assertThat(trainer.observer.observed)
                    .contains("saved in line")
                    .doesNotContain("saved beside")
                    .anyMatch(line -> line.startsWith("too large to hold: "));
        }
        assertThat(heldUpSeconds().get(1)).as("all of the write").isPositive();
        assertCompleteAndEqualToUndisturbed(run);
    }

    /** The real engine; its trainer is cut off while a checkpoint is being written and the next slice is half done. */
    @Test
    void whatIsKilledBetweenCopyAndCommitIsTrainedAgainToTheSameBits() throws Exception {
        RunSpec run = run("a", 12);
        List<BatchJob> jobs = Studies.jobs(run, 4);
        jobs.forEach(job -> topics.send(0, job));
        try (TrainingEngine engine = DjlTrainingEngine.start(new EngineSettings(1, Path.of("target/engine")))) {
            List<Double> undisturbed = undisturbed(engine, run, jobs);
            try (TrainerProcess killed = new TrainerProcess(
                    servers,
                    study + "-killed",
                    group,
                    folder,
                    engine,
                    store -> AlteredStore.slow(store, SLOW_BYTES_PER_SECOND),
                    1 << 30)) {
                killed.start();
                await().atMost(PATIENCE).until(() -> killed.observer.observed.contains("step 6"));
                assertThat(killed.stop(Duration.ZERO)).isFalse();
                assertThat(killed.observer.observed).doesNotContain("saved beside");
            }
            assertThat(topics.events(study)).isEmpty();
            try (TrainerProcess newOwner =
                    new TrainerProcess(servers, study + "-owner", group, folder, engine).start()) {
                awaitConsumed();
                assertThat(newOwner.observer.observed).contains("step 1");
            }
            assertThat(steps(run).stream().map(TrainingEvent.StepCompleted::lossNats))
                    .containsExactlyElementsOf(undisturbed);
            assertThat(slices(run)).containsExactly(0, 1, 2);
            assertThat(tensors(folder.resolve(run.runId()), "-owner"))
                    .isEqualTo(tensors(calmFolder.resolve(run.runId()), "-calm"));
        }
    }

    private List<Double> undisturbed(TrainingEngine engine, RunSpec run, List<BatchJob> jobs) throws Exception {
        RecordingObserver observer = new RecordingObserver();
        List<TrainingEvent> events = new java.util.ArrayList<>();
        try (ResidentRuns resident = new ResidentRuns(1)) {
            SliceTrainer trainer = new SliceTrainer(
                    new SliceTrainer.Device(engine, resident),
                    new SliceTrainer.Storage(
                            new FolderCheckpoints(calmFolder, "calm"), new MemoryTokenLog(training, heldOut)),
                    1_000_000,
                    observer,
                    Clock.system(),
                    "calm");
            CheckpointPointer pointer = null;
            Lease lease = new Lease(0, 1);
            SliceWatch watch = () -> SliceWatch.Demand.GO_ON;
            for (BatchJob job : jobs) {
                try (TrainedSlice slice = DirectWriter.save(trainer.train(job, pointer, lease, watch), watch)) {
                    slice.published();
                    pointer = slice.report().pointer();
                    events.addAll(slice.report().events());
                }
            }
        }
        return events.stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .map(event -> ((TrainingEvent.StepCompleted) event).lossNats())
                .toList();
    }

    /** The tensors of a run's last state: the bytes behind its header, which names trainer and time. */
    private static byte[] tensors(Path run, String trainer) throws Exception {
        try (var files = Files.list(run)) {
            Path last = files.filter(file -> file.toString().contains("step-000000000012")
                            && file.toString().contains(trainer))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(Objects.requireNonNull(last));
            long header = java.nio.ByteBuffer.wrap(bytes)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            return java.util.Arrays.copyOfRange(bytes, (int) header + Long.BYTES, bytes.length);
        }
    }
}
