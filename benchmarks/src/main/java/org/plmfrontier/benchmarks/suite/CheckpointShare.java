package org.plmfrontier.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.AlteredStore;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.FolderAttempts;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.CheckpointThread;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.JobProcessor;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedStep;
import org.plmfrontier.trainer.slice.TrainingObserver;

/**
 * Share of the wall time for which training stands still for its checkpoints, with a store that takes so many bytes per second:
 * written in line, and written beside the next slice. The same trainer as in the service, without a broker; the last slice of
 * a run, which nothing follows, is not waited for.
 *
 * <p>Arguments: name of a shape (default 5M), slices (default 7), steps of a slice (default 40), bytes per second of the store
 * (default 1e8).
 */
public final class CheckpointShare {
    private static final int ROWS = 2;
    private static final int MEAN_LENGTH = 64;
    private static final int RECORDS = 16;

    /** What is trained. */
    private record Work(ModelShape shape, int slices, int steps) {}

    /** What a mode came to. */
    private record Share(double wall, double heldUp, int slices) {
        @Override
        public String toString() {
            return "%8.1f s, training stood still for %6.2f s: %5.2f %% of the time, %.3f s per slice; %.2f %% with slices of 60 s"
                    .formatted(
                            wall,
                            heldUp,
                            100 * heldUp / wall,
                            heldUp / slices,
                            100 * heldUp / slices / (60 + heldUp / slices));
        }
    }

    /** Adds up how long training stood still. */
    private static final class HeldUp implements TrainingObserver {
        private double seconds;

        @Override
        public void stepped(RunSpec run, TrainedStep step, double tokensPerSecond) {}

        @Override
        public void saved(RunSpec run, long bytes, double writing, boolean beside) {}

        @Override
        public void heldUp(RunSpec run, double still) {
            seconds += still;
        }

        @Override
        public void refused(RunSpec run, CheckpointRefusedException reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public void restored(RunSpec run, long step) {
            throw new IllegalStateException("run " + run.runId() + " was restored at step " + step);
        }
    }

    private CheckpointShare() {}

    public static void main(String[] args) throws Exception {
        ModelShape shape =
                Objects.requireNonNull(NamedShapes.byName().get(args.length > 0 ? args[0] : "5M"), "no such shape");
        int slices = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        int steps = args.length > 2 ? Integer.parseInt(args[2]) : 40;
        double bytesPerSecond = args.length > 3 ? Double.parseDouble(args[3]) : 1e8;
        Path home = Files.createTempDirectory("checkpoint-share");
        Work work = new Work(shape, slices, steps);
        try (TrainingEngine engine = DjlTrainingEngine.start(new EngineSettings(1, home.resolve("engine")))) {
            System.out.printf("%d slices of %d steps, a store of %.0f MB/s%n", slices, steps, bytesPerSecond / 1e6);
            measure(engine, new Work(shape, 2, 2), home.resolve("warm-up"), 1e9, Long.MAX_VALUE);
            Share inLine = measure(engine, work, home.resolve("in-line"), bytesPerSecond, 0);
            System.out.println("in line " + inLine);
            Share beside = measure(engine, work, home.resolve("beside"), bytesPerSecond, Long.MAX_VALUE);
            System.out.println("beside  " + beside);
        } finally {
            delete(home);
        }
    }

    private static Share measure(
            TrainingEngine engine, Work work, Path folder, double bytesPerSecond, long snapshotBytes) throws Exception {
        List<TokenBatch> records = Studies.records("share", RECORDS, ROWS, MEAN_LENGTH, 1);
        List<TokenBatch> heldOut = records.subList(0, 1);
        CorpusRef corpus = Studies.corpus("share", records, heldOut);
        RunSpec run = Studies.run(
                "share", "run", work.shape(), Studies.recipe(1), corpus, (long) work.slices() * work.steps());
        HeldUp heldUp = new HeldUp();
        Lease lease = new Lease(0, 1);
        SliceWatch goOn = () -> SliceWatch.Demand.GO_ON;
        MemoryLedger ledger = new MemoryLedger();
        try (ResidentRuns resident = new ResidentRuns(1);
                CheckpointThread writer = new CheckpointThread(snapshotBytes, Clock.system())) {
            SliceTrainer trainer = new SliceTrainer(
                    new SliceTrainer.Device(engine, resident),
                    new SliceTrainer.Storage(
                            AlteredStore.slow(new FolderCheckpoints(folder, "t"), bytesPerSecond),
                            new MemoryTokenLog(records, heldOut)),
                    1_000_000,
                    heldUp,
                    Clock.system(),
                    "t");
            JobProcessor processor = new JobProcessor(trainer, writer, new FolderAttempts(folder, "t"), 3, 1);
            long began = System.nanoTime();
            for (BatchJob job : new ArrayList<>(Studies.jobs(run, work.steps()))) {
                processor.attempt(job, lease, ledger, goOn);
            }
            double wall = (System.nanoTime() - began) / 1e9;
            double still = heldUp.seconds;
            processor.settle(lease);
            if (ledger.slices() != work.slices()) {
                throw new IllegalStateException(ledger.slices() + " slices are committed, not " + work.slices());
            }
            return new Share(wall, still, work.slices());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
