package org.plmfrontier.benchmarks.idle;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.SliceAbandonedException;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedSlice;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * For how much of its time a GPU waits for its host, on a virtual one under the trainer's own slices, inputs, evaluations and
 * checkpoints: steps of 13 records of about 4,096 tokens, a slice of a minute whose end is a budget's, with its state saved in line
 * and 32 held-out records evaluated. What launching costs and how fast the device computes each size are assumptions, in the first
 * line; what the host's own work costs is measured.
 *
 * <p>Arguments: slices of a minute (default 1).
 */
public final class IdleShare {
    private static final int RECORDS_PER_STEP = 13;
    private static final int HELD_OUT_RECORDS = 32;
    private static final double SLICE_SECONDS = 60;
    private static final double LAUNCH_SECONDS = 11e-6;
    private static final double COPY_BYTES_PER_SECOND = 6e9;
    private static final double PEAK = 989e12;
    private static final double DEVICE_BYTES = 0.8 * 80 * (1L << 30);
    private static final int BYTES_PER_PARAMETER = 28;

    /** Share of the peak that the device reaches while it computes. */
    private static final Map<String, Double> WHILE_BUSY =
            Map.of("5M", 0.10, "15M", 0.12, "35M", 0.14, "150M", 0.176, "650M", 0.30);

    private final List<TokenBatch> training = Studies.records("idle", 26, 16, 256, 1);
    private final List<TokenBatch> heldOut = Studies.records("idle", HELD_OUT_RECORDS, 16, 256, 2);
    private final int slices;

    private IdleShare(int slices) {
        this.slices = slices;
    }

    public static void main(String[] args) throws IOException, TokenLogException, SliceAbandonedException {
        IdleShare table = new IdleShare(args.length > 0 ? Integer.parseInt(args[0]) : 1);
        System.out.printf(
                "assumed: %.0f us of the host for each operator, %.0f TFLOP/s at the peak, of it while busy %s, %.0f GB/s of copies%n",
                1e6 * LAUNCH_SECONDS, PEAK / 1e12, new TreeMap<>(WHILE_BUSY), COPY_BYTES_PER_SECOND / 1e9);
        System.out.printf(
                "%-5s %-7s %6s %10s %8s %8s %12s %14s %16s%n",
                "size", "", "steps", "ms a step", "idle", "MFU", "waits a step", "copies a step", "checkpoint");
        for (String size : List.of("5M", "15M", "35M", "150M", "650M")) {
            table.row(size, true);
            table.row(size, false);
        }
    }

    private void row(String size, boolean before) throws IOException, TokenLogException, SliceAbandonedException {
        ModelShape shape = Objects.requireNonNull(Table4.byName().get(size));
        double flopsPerSecond = WHILE_BUSY.getOrDefault(size, 0.3) * PEAK;
        VirtualDevice device = new VirtualDevice(new VirtualDevice.Costs(LAUNCH_SECONDS, COPY_BYTES_PER_SECOND));
        double free = DEVICE_BYTES
                - BYTES_PER_PARAMETER * (double) ParameterCount.of(shape).exact();
        TrainingEngine engine = new VirtualEngine(() -> new VirtualModel(device, shape, flopsPerSecond, free, before));
        long steps = (long) Math.ceil(SLICE_SECONDS * flopsPerSecond / stepFlops(shape));
        RunSpec run = run(size, shape, steps);
        Clock clock = new Clock(Instant::now, () -> (long) (1e9 * device.hostSeconds()));
        SliceTrainer trainer = new SliceTrainer(
                new SliceTrainer.Device(engine, new ResidentRuns(1)),
                new SliceTrainer.Storage(new NoCheckpoints(), new MemoryTokenLog(training, heldOut)),
                new SliceTrainer.HostMemory(1 << 24, 2),
                new Unwatched(),
                clock,
                "idle");
        CheckpointPointer pointer = null;
        double saving = 0;
        for (BatchJob job : Studies.jobs(run, (int) (steps * RECORDS_PER_STEP))) {
            try (TrainedSlice slice = trainer.train(job, pointer, new Lease(0, 1), () -> SliceWatch.Demand.GO_ON)) {
                double began = device.seconds();
                slice.state().save();
                saving += device.seconds() - began;
                pointer = slice.report().pointer();
                slice.published();
            }
        }
        long all = steps * slices;
        System.out.printf(
                "%-5s %-7s %6d %10.1f %7.1f%% %7.1f%% %12.2f %14.2f %14.1f %%%n",
                size,
                before ? "before" : "now",
                all,
                1e3 * device.seconds() / all,
                100 * (1 - device.busySeconds() / device.seconds()),
                100 * stepFlops(shape) * all / device.seconds() / PEAK,
                (double) device.waits() / all,
                (double) device.blockingCopies() / all,
                100 * saving / device.seconds());
    }

    private RunSpec run(String size, ModelShape shape, long steps) {
        CorpusRef corpus = Studies.corpus("idle", training, heldOut);
        long[] ends = new long[slices];
        for (int slice = 0; slice < slices; slice++) {
            ends[slice] = steps * RECORDS_PER_STEP * (slice + 1);
        }
        return Studies.run(
                "idle", size.toLowerCase(Locale.ROOT), shape, Studies.recipe(RECORDS_PER_STEP), corpus, ends);
    }

    private double stepFlops(ModelShape shape) {
        List<TokenBatch> step = training.subList(0, RECORDS_PER_STEP);
        return step.stream()
                .mapToDouble(record -> FlopCount.training(shape, record.load()))
                .sum();
    }
}
