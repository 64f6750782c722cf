package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/** One trainer on a fake engine, a token log in memory and a real folder of checkpoints. */
abstract class SliceScene {
    static final Lease LEASE = new Lease(0, 1);
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    final List<TokenBatch> training = Studies.records("c", 6, 3, 20, 1);
    final MemoryTokenLog log = new MemoryTokenLog(training, Studies.records("c", 2, 3, 20, 2));
    final RecordingObserver observer = new RecordingObserver();
    final ResidentRuns resident = new ResidentRuns(2);
    FakeEngine engine = new FakeEngine();
    FolderCheckpoints store;

    @BeforeEach
    void openStore() {
        store = new FolderCheckpoints(folder, "t1");
    }

    static Demand goOn() {
        return Demand.GO_ON;
    }

    /** Wants the slice handed over once so many steps are done. */
    SliceWatch handOverAfter(int stepsDone) {
        long before = engine.steps.get();
        return () -> engine.steps.get() - before >= stepsDone ? Demand.HAND_OVER : Demand.GO_ON;
    }

    CheckpointPointer train(SliceTrainer trainer, BatchJob job, @Nullable CheckpointPointer pointer, Lease lease)
            throws IOException, TokenLogException, SliceAbandonedException {
        return publish(trainer, job, pointer, lease, SliceScene::goOn).pointer();
    }

    /** Trains a slice whose report is published. */
    static SliceReport publish(
            SliceTrainer trainer, BatchJob job, @Nullable CheckpointPointer pointer, Lease lease, SliceWatch watch)
            throws IOException, TokenLogException, SliceAbandonedException {
        try (TrainedSlice slice = DirectWriter.save(trainer.train(job, pointer, lease, watch), watch)) {
            slice.published();
            return slice.report();
        }
    }

    /** Trains a slice whose report is not published. */
    static SliceReport discard(
            SliceTrainer trainer, BatchJob job, @Nullable CheckpointPointer pointer, Lease lease, SliceWatch watch)
            throws IOException, TokenLogException, SliceAbandonedException {
        try (TrainedSlice slice = DirectWriter.save(trainer.train(job, pointer, lease, watch), watch)) {
            return slice.report();
        }
    }

    void trainAll(SliceTrainer trainer, RunSpec run, int recordsPerSlice, List<TrainingEvent> events)
            throws IOException, TokenLogException, SliceAbandonedException {
        CheckpointPointer pointer = null;
        for (BatchJob job : Studies.jobs(run, recordsPerSlice)) {
            SliceReport report = publish(trainer, job, pointer, LEASE, SliceScene::goOn);
            pointer = report.pointer();
            events.addAll(report.events());
        }
    }

    SliceTrainer trainer() {
        AtomicLong nanos = new AtomicLong();
        Clock clock = new Clock(() -> NOW, () -> nanos.addAndGet(1_000_000));
        return new SliceTrainer(
                new SliceTrainer.Device(engine, resident),
                new SliceTrainer.Storage(store, log),
                1_000,
                observer,
                clock,
                "t1");
    }

    RunSpec run(String id, int recordsPerStep, long... ends) {
        return Studies.run(
                "s",
                id,
                Studies.SMALL,
                Studies.recipe(recordsPerStep),
                Studies.corpus("c", training, Studies.records("c", 2, 3, 20, 2)),
                ends);
    }

    static List<TrainingEvent.StepCompleted> steps(List<TrainingEvent> events) {
        return events.stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .map(TrainingEvent.StepCompleted.class::cast)
                .toList();
    }

    static List<Double> losses(List<TrainingEvent> events) {
        return steps(events).stream().map(TrainingEvent.StepCompleted::lossNats).toList();
    }

    static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
    }
}
