package org.plmfrontier.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What runs that end early do to the exponent along the envelope: crossovers ({@code a1}) beside the published least squares over
 * all compute ({@code a1-paper}), on planted studies of eight sizes.
 *
 * <p>Arguments: studies (default 200), seed (default 1).
 */
public final class EnvelopeBias {
    private static final double LEVEL = 0.95;
    private static final int RESAMPLES = 200;
    private static final int SIZES = 8;
    private static final int POINTS = 60;
    private static final double SMALLEST_N = 5e6;
    private static final double RUN_NATS = 0.002;
    private static final double POINT_NATS = 0.005;

    /** Which part of its curve each size has. */
    private enum Design {
        SAME_COMPUTE("every size from 1e16 to 1e20 FLOPs") {
            @Override
            double firstTokens(double n) {
                return 1e16 / (6 * n);
            }

            @Override
            double lastTokens(double n) {
                return 1e20 / (6 * n);
            }
        },
        EQUAL_TOKENS("every size to 1e10 tokens") {
            @Override
            double lastTokens(double n) {
                return 1e10;
            }
        },
        TWENTY_PER_PARAMETER("every size to 20 tokens per parameter") {
            @Override
            double lastTokens(double n) {
                return 20 * n;
            }
        },
        SMALL_ENDS_EARLY("every size to 3e3 N^0.8 tokens") {
            @Override
            double lastTokens(double n) {
                return 3e3 * Math.pow(n, 0.8);
            }
        };

        private final String words;

        Design(String words) {
            this.words = words;
        }

        double firstTokens(double n) {
            return lastTokens(n) / 300;
        }

        abstract double lastTokens(double n);
    }

    private EnvelopeBias() {}

    public static void main(String[] args) {
        int studies = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        System.out.printf(
                Locale.ROOT,
                "a = %.3f planted, %d studies each, seed %d%n%n| sizes end | a1: median, held, answered | a1-paper: median, held, answered |%n|---|---|---|%n",
                PlantedStudy.TRUTH.a(),
                studies,
                seed);
        for (Design design : Design.values()) {
            System.out.printf(
                    "| %s | %s | %s |%n",
                    design.words,
                    line(design, seed, studies, Approach1::fit),
                    line(design, seed, studies, Approach1::asPublished));
        }
    }

    private static String line(
            Design design,
            long seed,
            int studies,
            BiFunction<List<SmoothedCurve>, Bootstrap, FitOutcome<EnvelopeFrontier>> procedure) {
        List<EnvelopeFrontier> answers = LongStream.range(seed, seed + studies)
                .parallel()
                .mapToObj(each -> procedure.apply(curves(design, each), new Bootstrap(RESAMPLES, LEVEL, each)))
                .flatMap(outcome -> outcome.result().stream())
                .toList();
        if (answers.isEmpty()) {
            return "-, -, 0 %";
        }
        double[] a =
                answers.stream().mapToDouble(fit -> fit.a().value()).sorted().toArray();
        long held = answers.stream()
                .filter(fit -> fit.a().covers(PlantedStudy.TRUTH.a()))
                .count();
        return String.format(
                Locale.ROOT,
                "%.3f, %.1f %%, %.1f %%",
                a[a.length / 2],
                100.0 * held / a.length,
                100.0 * a.length / studies);
    }

    private static List<SmoothedCurve> curves(Design design, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SmoothedCurve> curves = new ArrayList<>();
        double[] sizes = new double[SIZES];
        Arrays.setAll(sizes, i -> SMALLEST_N * Math.pow(100, i / (SIZES - 1.0)));
        for (double n : sizes) {
            double off = RUN_NATS * random.nextGaussian();
            List<CurvePoint> points = new ArrayList<>();
            for (int k = 0; k < POINTS; k++) {
                double share = k / (POINTS - 1.0);
                double d = Math.pow(design.firstTokens(n), 1 - share) * Math.pow(design.lastTokens(n), share);
                double flops = 6 * n * d;
                double loss = PlantedStudy.TRUTH.lossAt(n, d) + off + POINT_NATS * random.nextGaussian();
                points.add(new CurvePoint(k + 1, d, flops, flops, loss, 1e-3));
            }
            curves.add(SmoothedCurve.of(RunCurve.of("n" + n, n, points), Stiffness.crossValidated())
                    .result()
                    .orElseThrow());
        }
        return curves;
    }
}
