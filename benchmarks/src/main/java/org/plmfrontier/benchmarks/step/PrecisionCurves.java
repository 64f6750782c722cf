package org.plmfrontier.benchmarks.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.parameter.InitialWeights;

/**
 * Trains the same model on real proteins in several precisions, from several seeds, and prints how far the curves of each are
 * from those of the first of the same seed, beside how far the first's curves of other seeds are from each other; and how long a step
 * took the processor.
 *
 * <p>Arguments: FASTA file (gzip), steps (default 2000), seeds (default 3), precisions (default {@code FP32,BF16}). Losses are
 * means of {@value #WINDOW} steps.
 */
public final class PrecisionCurves {
    private static final int WINDOW = 100;
    private static final int BATCH_TOKENS = 2048;
    private static final int LONGEST = 254;
    private static final double MILLIS = 1e3;
    private static final ModelShape SHAPE = ModelShape.esm2(2, 48, 3);
    private static final Schedule SCHEDULE = new Schedule.Constant(4e-3, 100_000);

    private PrecisionCurves() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            throw new IllegalArgumentException("arguments: FASTA.gz [steps [seeds [precisions]]]");
        }
        List<TokenBatch> batches = Proteins.batches(Path.of(args[0]), LONGEST, BATCH_TOKENS, 1);
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        int seeds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        List<Precision> precisions = Arrays.stream((args.length > 3 ? args[3] : "FP32,BF16").split(","))
                .map(Precision::valueOf)
                .toList();
        Path natives = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "frontier-engine"));
        Map<Precision, double[][]> curves = new LinkedHashMap<>();
        precisions.forEach(precision -> curves.put(precision, new double[seeds][]));
        try (TrainingEngine engine = DjlTrainingEngine.start(new EngineSettings(1, natives))) {
            for (int seed = 0; seed < seeds; seed++) {
                for (Map.Entry<Precision, double[][]> of : curves.entrySet()) {
                    of.getValue()[seed] = curve(engine, of.getKey(), batches, steps, seed + 1);
                }
            }
        }
        double[][] reference = Objects.requireNonNull(curves.remove(precisions.getFirst()));
        for (Map.Entry<Precision, double[][]> of : curves.entrySet()) {
            print(precisions.getFirst(), reference, of.getKey(), of.getValue());
        }
    }

    private static double[] curve(
            TrainingEngine engine, Precision precision, List<TokenBatch> batches, int steps, long seed)
            throws IOException {
        ModelSettings settings = new ModelSettings(SHAPE, Optimizer.adamW(), precision, false);
        ResidueMasking masking = new ResidueMasking(Masking.BERT, seed);
        double[] windows = new double[steps / WINDOW];
        double tokens = 0;
        double seconds = 0;
        try (ResidentModel model = engine.load(settings, new InitialWeights(seed))) {
            for (int step = 0; step < windows.length * WINDOW; step++) {
                TokenBatch record = batches.get(step % batches.size());
                PaddedBatch batch = PaddedBatch.of(masking.mask(record, step), false);
                int window = step / WINDOW;
                double rate = SCHEDULE.learningRate(tokens);
                seconds += CpuTime.of(() -> {
                    windows[window] += model.micro(batch, 1.0 / batch.selected().length) / WINDOW;
                    return model.apply(rate);
                });
                tokens += record.tokens().length;
            }
        }
        System.out.printf(
                "%s seed %d: last window %.4f nats, %.1f ms of CPU a step%n",
                precision, seed, windows[windows.length - 1], MILLIS * seconds / (windows.length * WINDOW));
        return windows;
    }

    private static void print(Precision first, double[][] reference, Precision other, double[][] curves) {
        System.out.printf("%8s %10s %14s %16s %16s%n", "step", first, other, "difference", "sd over seeds");
        double widest = 0;
        double noise = 0;
        int seeds = reference.length;
        for (int window = 0; window < reference[0].length; window++) {
            double plain = 0;
            double rounded = 0;
            double[] losses = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                losses[seed] = reference[seed][window];
                plain += reference[seed][window] / seeds;
                rounded += curves[seed][window] / seeds;
                widest = Math.max(widest, Math.abs(curves[seed][window] - reference[seed][window]));
            }
            double spread = new StandardDeviation().evaluate(losses);
            noise += spread / reference[0].length;
            System.out.printf(
                    "%8d %10.4f %14.4f %16.5f %16.5f%n",
                    (window + 1) * WINDOW, plain, rounded, rounded - plain, spread);
        }
        System.out.printf(
                "%s: widest difference of one seed %.5f nats, mean standard deviation over seeds %.5f nats%n",
                other, widest, noise);
    }
}
