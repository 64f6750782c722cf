package org.plmfrontier.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Bootstrap;

/**
 * Times approach 3 on 240 final losses with 1,000 resamples of ten starts each, wall clock and CPU, as the median of seven
 * rounds after three to warm up. With the path of {@code benchmarks/scipy/approach3.py} as argument it also runs that script
 * on the same losses and prints the ratio of the CPU times.
 */
public final class SurfaceSpeed {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;
    private static final int RESAMPLES = 1000;
    private static final double NANOS = 1e9;

    private SurfaceSpeed() {}

    /** The path of the script, or nothing. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Observations finals = PlantedStudy.finals(20, 12, 0.01, 1);
        double[] wall = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long startWall = System.nanoTime();
            long startCpu = cpuNanos();
            boolean fitted = Approach3.hoffmann()
                    .fit(finals, new Bootstrap(RESAMPLES, 0.95, 1))
                    .result()
                    .isPresent();
            if (!fitted) {
                throw new IllegalStateException("the planted study was not fitted");
            }
            if (round >= 0) {
                wall[round] = (System.nanoTime() - startWall) / NANOS;
                cpu[round] = (cpuNanos() - startCpu) / NANOS;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d losses, %d resamples of 10 starts, %d processors: median %.2f s wall (fastest %.2f), %.2f s CPU%n",
                finals.size(),
                RESAMPLES,
                Runtime.getRuntime().availableProcessors(),
                median(wall),
                Arrays.stream(wall).min().orElseThrow(),
                median(cpu));
        if (args.length > 0) {
            compare(Path.of(args[0]), finals, median(cpu));
        }
    }

    private static void compare(Path script, Observations finals, double cpu) throws IOException, InterruptedException {
        Path data = Files.createTempFile("approach3", ".csv");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(data, StandardCharsets.UTF_8))) {
            out.println("N,D,loss");
            for (int i = 0; i < finals.size(); i++) {
                out.println(finals.parameters()[i] + "," + finals.tokens()[i] + "," + finals.lossNats()[i]);
            }
        }
        double objective = Approach3.hoffmann()
                .fit(finals)
                .result()
                .orElseThrow()
                .convergence()
                .objective();
        double a = Approach3.hoffmann()
                .fit(finals)
                .map(f -> f.surface())
                .map(LossSurface::a)
                .result()
                .orElseThrow();
        System.out.printf(Locale.ROOT, "here: objective %.10f, a %.6f%n", objective, a);
        Process process = new ProcessBuilder(
                        "python3", script.toString(), data.toString(), String.valueOf(cpu), String.valueOf(RESAMPLES))
                .inheritIO()
                .start();
        int status = process.waitFor();
        Files.delete(data);
        if (status != 0) {
            throw new IllegalStateException(script + " ended with status " + status);
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
