package org.plmfrontier.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.plateau.PlateauRule;
import org.plmfrontier.fitting.quantity.Bootstrap;

/**
 * Prints which verdicts the plateau rule gives on planted curves: how often it finds a real plateau, and how often it claims
 * one where there is none.
 */
public final class PlateauTable {
    private static final double STEP_TOKENS = 8192;
    private static final double PARAMETERS = 1e6;
    private static final double PEAK = 1e-3;
    private static final Bootstrap BOOTSTRAP = new Bootstrap(100, 0.95, 1);

    private record Kind(String name, DoubleUnaryOperator loss, Schedule schedule) {}

    private PlateauTable() {}

    /** The number of curves per row, 100 where absent. */
    public static void main(String[] args) {
        int curves = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        System.out.println("| curve | steps | noise, nats | verdicts of " + curves + ", seeds 1 to " + curves + " |");
        System.out.println("|---|---|---|---|");
        for (int steps : new int[] {500, 2500, 10_000}) {
            double end = steps * STEP_TOKENS;
            for (Kind kind : kinds(end)) {
                for (double noise : new double[] {0.02, 0.05}) {
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %d | %.2f | %s |%n",
                            kind.name(),
                            steps,
                            noise,
                            verdicts(kind, steps, noise, curves));
                }
            }
        }
    }

    /** Curves over the share t of the tokens that were seen. */
    private static List<Kind> kinds(double end) {
        Schedule constant = new Schedule.Constant(PEAK, 0);
        DoubleUnaryOperator power = t -> 2.2 + 0.35 * Math.pow(t, -0.28);
        DoubleUnaryOperator flat = t -> 2.4 + 0.9 * Math.exp(-t / 0.03);
        return List.of(
                new Kind("plateau reached at 20 % of the run", flat, constant),
                new Kind("plateau reached at 60 % of the run", t -> 2.4 + 0.9 * Math.exp(-t / 0.12), constant),
                new Kind("power law with a floor far below", power, constant),
                new Kind("power law without a floor, slow", t -> 2.3 * Math.pow(t, -0.0055), constant),
                new Kind("power law without a floor, fast", t -> 2.3 * Math.pow(t, -0.05), constant),
                new Kind("power law under a cosine", power, new Schedule.WarmupCosine(PEAK, end / 50, end, 0.1)),
                new Kind("flat under a dead rate", flat, new Schedule.TokenDecay(PEAK, 0.5, end / 10)),
                new Kind(
                        "overfitting after 40 %",
                        t -> power.applyAsDouble(t) + 0.25 * Math.pow(Math.max(0, t - 0.4), 1.5), constant),
                new Kind("diverged at 80 %", t -> power.applyAsDouble(t) + (t > 0.8 ? 3 : 0), constant));
    }

    private static String verdicts(Kind kind, int steps, double noise, int curves) {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> names = IntStream.rangeClosed(1, curves)
                .parallel()
                .mapToObj(seed -> PlateauRule.judge(
                                curve(kind, steps, noise, seed), kind.schedule(), RunState.TRAINING, BOOTSTRAP)
                        .getClass()
                        .getSimpleName())
                .toList();
        names.forEach(name -> counts.merge(name, 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach(
                (name, count) -> parts.add(String.format(Locale.ROOT, "%s %.0f %%", name, 100.0 * count / curves)));
        return String.join(", ", parts);
    }

    private static RunCurve curve(Kind kind, int steps, double noise, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CurvePoint> points = new ArrayList<>(steps);
        for (int step = 1; step <= steps; step++) {
            double tokens = step * STEP_TOKENS;
            double flops = 6 * PARAMETERS * tokens;
            double loss = kind.loss().applyAsDouble((double) step / steps) + noise * random.nextGaussian();
            points.add(new CurvePoint(
                    step, tokens, flops, flops, loss, kind.schedule().learningRate(tokens)));
        }
        return RunCurve.of("run", PARAMETERS, points);
    }
}
