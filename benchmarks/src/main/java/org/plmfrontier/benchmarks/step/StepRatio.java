package org.plmfrontier.benchmarks.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.benchmarks.naive.NaiveEsm2;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.Table4;
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
 * Prints the CPU time of a whole training step by the trainer's engine and by {@link NaiveEsm2}, both on one thread of one
 * process, in turns: medians, tokens per CPU-second and their ratios. Where Python has PyTorch with SDPA, its eager step takes
 * its turn, too, in a process of its own.
 *
 * <p>Arguments: sizes (default {@code 5M,15M,35M}), lengths (default {@code 128,256,512,1024}), rounds (default 5), tokens
 * per step (default 4,096 for 5M, 2,048 for 15M, 1,024 for 35M, so that the naive attention fits into 8 GB; the fewer they
 * are, the more of a step is the optimiser's pass over the weights, which both sides make), command of Python (default {@code
 * python3}; may have arguments).
 */
public final class StepRatio {
    private static final double LEARNING_RATE = 1e-4;
    private static final Optimizer OPTIMIZER =
            new Optimizer(Optimizer.Decay.DECOUPLED, 0.9, 0.98, 1e-8, 0.01, Double.MAX_VALUE);
    private static final Map<String, Integer> TOKENS = Map.of("5M", 4096, "15M", 2048, "35M", 1024);

    private StepRatio() {}

    public static void main(String[] args) throws IOException {
        List<String> sizes = List.of((args.length > 0 ? args[0] : "5M,15M,35M").split(","));
        int[] lengths = Arrays.stream((args.length > 1 ? args[1] : "128,256,512,1024").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        int tokens = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        List<String> python = List.of((args.length > 4 ? args[4] : "python3").split(" "));
        Path natives = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "frontier-engine"));
        System.out.printf("median CPU seconds per step of %d rounds in turns, 1 thread%n", rounds);
        System.out.printf(
                "%-5s %6s %7s %9s %9s %9s %9s | %8s %8s %8s | %10s %10s | %9s%n",
                "size",
                "length",
                "tokens",
                "naive",
                "fp32",
                "bf16",
                "eager",
                "nv/fp32",
                "nv/bf16",
                "eg/fp32",
                "fp32 tok/s",
                "bf16 tok/s",
                "fp32/esm");
        try (TrainingEngine engine = DjlTrainingEngine.start(new EngineSettings(1, natives))) {
            for (String size : sizes) {
                for (int length : lengths) {
                    row(
                            new Sides(engine, python),
                            size,
                            length,
                            rounds,
                            tokens > 0 ? tokens : TOKENS.getOrDefault(size, 1024));
                }
            }
        }
        System.out.println(
                "fp32/esm: against the tokens per CPU-second of fair-esm under torch 1.13 on one idle core of"
                        + " the same kind, see FairEsm");
    }

    /** What makes the sides of a row. */
    private record Sides(TrainingEngine engine, List<String> python) {}

    private static void row(Sides sides, String size, int length, int rounds, int wanted) throws IOException {
        ModelShape shape = shape(size);
        int tokens = Math.max(length, wanted);
        PaddedBatch batch = Batches.of(tokens, length, 1);
        List<List<Double>> seconds =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Optional<EagerTorch> eager = EagerTorch.start(sides.python(), shape, tokens, length);
        try (NaiveEsm2 naive = new NaiveEsm2(shape, OPTIMIZER, LEARNING_RATE, new InitialWeights(1));
                ResidentModel fp32 = load(sides.engine(), shape, Precision.FP32);
                ResidentModel bf16 = load(sides.engine(), shape, Precision.BF16)) {
            for (int round = 0; round <= rounds; round++) {
                double[] times = {
                    CpuTime.of(() -> naive.step(batch)),
                    CpuTime.of(() -> step(fp32, batch)),
                    CpuTime.of(() -> step(bf16, batch)),
                    eager.isPresent() ? eager.get().step() : Double.NaN
                };
                for (int side = 0; side < times.length && round > 0; side++) {
                    seconds.get(side).add(times[side]);
                }
            }
        } finally {
            if (eager.isPresent()) {
                eager.get().close();
            }
        }
        print(
                size,
                length,
                tokens,
                seconds.stream().mapToDouble(CpuTime::median).toArray());
    }

    private static void print(String size, int length, int tokens, double[] median) {
        double rate = tokens / median[1];
        String peer = FairEsm.tokensPerCpuSecond(size, length).isPresent()
                ? "%.2f"
                        .formatted(
                                rate / FairEsm.tokensPerCpuSecond(size, length).getAsDouble())
                : "-";
        System.out.printf(
                Locale.ROOT,
                "%-5s %6d %7d %9.3f %9.3f %9.3f %9s | %8.2f %8.2f %8s | %10.0f %10.0f | %9s%n",
                size,
                length,
                tokens,
                median[0],
                median[1],
                median[2],
                known("%.3f", median[3]),
                median[0] / median[1],
                median[0] / median[2],
                known("%.2f", median[3] / median[1]),
                rate,
                tokens / median[2],
                peer);
    }

    private static String known(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static ResidentModel load(TrainingEngine engine, ModelShape shape, Precision precision) throws IOException {
        return engine.load(new ModelSettings(shape, OPTIMIZER, precision, false), new InitialWeights(1));
    }

    private static double step(ResidentModel model, PaddedBatch batch) {
        double loss = model.micro(batch, 1.0 / batch.selected().length);
        model.apply(LEARNING_RATE);
        return loss;
    }

    private static ModelShape shape(String size) {
        ModelShape shape = Table4.byName().get(size);
        if (shape == null) {
            throw new IllegalArgumentException(
                    "unknown size " + size + ", known are " + Table4.byName().keySet());
        }
        return shape;
    }
}
