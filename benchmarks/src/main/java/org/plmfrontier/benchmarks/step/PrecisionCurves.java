package org.plmfrontier.benchmarks.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * Trains the same model on real proteins in fp32 and in bf16, from several seeds, and prints how far the bf16 curve is
 * from the fp32 one of its seed beside how far the fp32 curves of other seeds are from each other.
 *
 * <p>Arguments: FASTA file (gzip), steps (default 2000), seeds (default 3). Losses are means of {@value #WINDOW} steps.
 */
public final class PrecisionCurves {
    private static final int WINDOW = 100;
    private static final int BATCH_TOKENS = 2048;
    private static final int LONGEST = 254;
    private static final ModelShape SHAPE = ModelShape.esm2(2, 48, 3);
    private static final Schedule SCHEDULE = new Schedule.Constant(4e-3, 100_000);

    private PrecisionCurves() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            throw new IllegalArgumentException("arguments: FASTA.gz [steps [seeds]]");
        }
        List<TokenBatch> batches = Proteins.batches(Path.of(args[0]), LONGEST, BATCH_TOKENS, 1);
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        int seeds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path natives = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "frontier-engine"));
        double[][] fp32 = new double[seeds][];
        double[][] bf16 = new double[seeds][];
        try (TrainingEngine engine = DjlTrainingEngine.start(new EngineSettings(1, natives))) {
            for (int seed = 0; seed < seeds; seed++) {
                fp32[seed] = curve(engine, Precision.FP32, batches, steps, seed + 1);
                bf16[seed] = curve(engine, Precision.BF16, batches, steps, seed + 1);
            }
        }
        print(fp32, bf16);
    }

    private static double[] curve(
            TrainingEngine engine, Precision precision, List<TokenBatch> batches, int steps, long seed)
            throws IOException {
        ModelSettings settings = new ModelSettings(SHAPE, Optimizer.adamW(), precision, false);
        ResidueMasking masking = new ResidueMasking(Masking.BERT, seed);
        double[] windows = new double[steps / WINDOW];
        double tokens = 0;
        try (ResidentModel model = engine.load(settings, new InitialWeights(seed))) {
            for (int step = 0; step < windows.length * WINDOW; step++) {
                TokenBatch record = batches.get(step % batches.size());
                PaddedBatch batch = PaddedBatch.of(masking.mask(record, step), false);
                windows[step / WINDOW] += model.micro(batch, 1.0 / batch.selected().length) / WINDOW;
                model.apply(SCHEDULE.learningRate(tokens));
                tokens += record.tokens().length;
            }
        }
        System.out.printf("%s seed %d: last window %.4f nats%n", precision, seed, windows[windows.length - 1]);
        return windows;
    }

    private static void print(double[][] fp32, double[][] bf16) {
        System.out.printf("%8s %10s %10s %14s %16s%n", "step", "fp32", "bf16", "bf16 - fp32", "sd over seeds");
        double widest = 0;
        double noise = 0;
        int seeds = fp32.length;
        for (int window = 0; window < fp32[0].length; window++) {
            double plain = 0;
            double rounded = 0;
            double[] losses = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                losses[seed] = fp32[seed][window];
                plain += fp32[seed][window] / seeds;
                rounded += bf16[seed][window] / seeds;
                widest = Math.max(widest, Math.abs(bf16[seed][window] - fp32[seed][window]));
            }
            double spread = new StandardDeviation().evaluate(losses);
            noise += spread / fp32[0].length;
            System.out.printf(
                    "%8d %10.4f %10.4f %14.5f %16.5f%n",
                    (window + 1) * WINDOW, plain, rounded, rounded - plain, spread);
        }
        System.out.printf(
                "widest difference of one seed %.5f nats, mean standard deviation over seeds %.5f nats%n",
                widest, noise);
    }
}
