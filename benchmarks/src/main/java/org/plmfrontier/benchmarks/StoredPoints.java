package org.plmfrontier.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plmfrontier.fitting.curve.CurveBook;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.StepThinning;

/**
 * Stores 10^7 points, 100,000 steps of 100 runs in batches of 1,000 as they come live, once all of them and once thinned as
 * the service does, and prints the heap that they take. Run with {@code -Xmx1g}.
 */
public final class StoredPoints {
    private static final int RUNS = 100;
    private static final int STEPS = 100_000;
    private static final int BATCH = 1000;
    private static final double MIB = 1 << 20;

    private StoredPoints() {}

    /** No arguments. */
    public static void main(String[] args) {
        measure("all points", StepThinning.NONE);
        measure("thinned", StepThinning.USUAL);
    }

    private static void measure(String name, StepThinning thinning) {
        long before = used();
        long start = System.nanoTime();
        CurveBook book = CurveBook.empty(thinning);
        for (int run = 0; run < RUNS; run++) {
            book = book.withRun("run-" + run, 1e6 * (run + 1));
            for (int from = 1; from <= STEPS; from += BATCH) {
                book = book.plus("run-" + run, batch(from, 1e6 * (run + 1)));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long points = book.curves().stream().mapToLong(RunCurve::size).sum();
        System.out.printf(
                Locale.ROOT,
                "%s: %d of %d points kept, %.0f MiB of a heap of at most %.0f MiB, stored in %.1f s%n",
                name,
                points,
                (long) RUNS * STEPS,
                (used() - before) / MIB,
                Runtime.getRuntime().maxMemory() / MIB,
                seconds);
        if (book.curves().isEmpty()) {
            throw new IllegalStateException("nothing was stored");
        }
    }

    private static List<CurvePoint> batch(int from, double parameters) {
        List<CurvePoint> points = new ArrayList<>(BATCH);
        for (int step = from; step < from + BATCH; step++) {
            double tokens = 8192.0 * step;
            double flops = 6 * parameters * tokens;
            points.add(new CurvePoint(step, tokens, flops, flops, 2 + 1 / Math.sqrt(step), 1e-3));
        }
        return points;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
