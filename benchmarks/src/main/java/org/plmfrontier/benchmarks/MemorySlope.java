package org.plmfrontier.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.stat.regression.SimpleRegression;
import org.plmfrontier.benchmarks.step.Batches;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.parameter.InitialWeights;

/**
 * Prints the resident memory of the process (Linux) while models of all families train in turns on batches of many shapes,
 * the oldest one closed and another one opened at each report, and its slope over the steps behind the first fifth.
 *
 * <p>Arguments: steps (default 10000), steps between reports (default 500).
 */
public final class MemorySlope {
    private static final int RESIDENT = 3;
    private static final int[] LENGTHS = {16, 24, 40, 64, 96, 128, 192, 256};
    private static final List<ModelSettings> MODELS = List.of(
            settings(ModelShape.esm2(2, 64, 4), Precision.FP32),
            settings(ModelShape.causal(2, 48, 2), Precision.FP32),
            settings(ModelShape.lstm(2, 32, 48), Precision.FP32),
            settings(ModelShape.esm2(3, 32, 2), Precision.BF16));

    private MemorySlope() {}

    public static void main(String[] args) throws IOException {
        int steps = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int every = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        Path natives = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "frontier-engine"));
        SimpleRegression line = new SimpleRegression();
        try (TrainingEngine engine = DjlTrainingEngine.start(new EngineSettings(1, natives))) {
            List<ResidentModel> resident = new ArrayList<>();
            for (int step = 1; step <= steps; step++) {
                if ((step - 1) % every == 0) {
                    replaceOldest(engine, resident, (step - 1) / every);
                }
                train(resident.get(step % resident.size()), step);
                if (step % every == 0) {
                    report(line, step, step > steps / 5);
                }
            }
            resident.forEach(ResidentModel::close);
        }
        System.out.printf("slope %.0f bytes per step%n", line.getSlope());
    }

    private static void replaceOldest(TrainingEngine engine, List<ResidentModel> resident, int opened)
            throws IOException {
        if (resident.size() == RESIDENT) {
            resident.removeFirst().close();
        }
        do {
            int next = opened + resident.size();
            resident.add(engine.load(MODELS.get(next % MODELS.size()), new InitialWeights(next)));
        } while (resident.size() < RESIDENT);
    }

    private static void train(ResidentModel model, int step) {
        int length = LENGTHS[step % LENGTHS.length];
        PaddedBatch batch = Batches.of((1 + step % 4) * length, length, step);
        model.micro(batch, 1.0 / batch.selected().length);
        model.apply(1e-4);
    }

    private static void report(SimpleRegression line, int step, boolean counts) throws IOException {
        System.gc();
        long bytes = residentBytes();
        System.out.printf("step %6d  resident %7.1f MB%n", step, bytes / 1e6);
        if (counts) {
            line.addData(step, (double) bytes);
        }
    }

    private static long residentBytes() throws IOException {
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return 1024 * Long.parseLong(resident.replaceAll("\\D", ""));
    }

    private static ModelSettings settings(ModelShape shape, Precision precision) {
        return new ModelSettings(shape, Optimizer.adamW(), precision, false);
    }
}
