package org.plmfrontier.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.isoflop.IsoFlopPoint;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.repeated.RepeatedData;

/** Studies whose truth is known: a surface on a grid, with Gaussian noise in nats. */
final class PlantedStudy {
    /** E 1.8, A 60, B 250, alpha 0.3, beta 0.35: losses of 2 to 3 nats on the grid, as of protein models. */
    static final HoffmannLaw TRUTH = new HoffmannLaw(Math.log(1.8), Math.log(60), Math.log(250), 0.3, 0.35);

    /** Exponents near those of Kaplan et al. 2020, Eq. 1.5, and their critical numbers. */
    static final KaplanLaw KAPLAN_TRUTH = new KaplanLaw(0.076, 0.103, Math.log(6.4e13), Math.log(1.8e13));

    private static final double SMALLEST_N = 5e6;
    private static final double SMALLEST_D = 1e8;
    private static final int CURVE_POINTS = 60;
    private static final double CURVE_SPAN = 300;

    /** Muennighoff's law with the decays that he published. */
    static final RepeatedDataLaw REPEATED_TRUTH =
            new RepeatedDataLaw(new HoffmannLaw(Math.log(1.87), Math.log(521), Math.log(1488), 0.35, 0.35), 15.4, 5.3);

    private PlantedStudy() {}

    /** Final losses of sizes by budgets, each a run of its own, over two decades of both. */
    static Observations finals(int sizes, int budgets, double noiseNats, long seed) {
        return finals(TRUTH, sizes, budgets, noiseNats, seed);
    }

    /** Final losses on any surface. */
    static Observations finals(LossSurface truth, int sizes, int budgets, double noiseNats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> cells = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            double n = SMALLEST_N * Math.pow(100, i / (sizes - 1.0));
            for (int j = 0; j < budgets; j++) {
                double d = SMALLEST_D * Math.pow(100, j / (budgets - 1.0));
                double loss = truth.lossAt(n, d) + noiseNats * random.nextGaussian();
                cells.add(new Observation("n" + i + "d" + j, n, d, loss));
            }
        }
        return Observations.of(cells);
    }

    /** Models around the best size of each of so many budgets over three decades, each a run of its own. */
    static List<IsoFlopProfile> equalCompute(int sizes, int budgets, double noiseNats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<IsoFlopProfile> profiles = new ArrayList<>();
        for (int b = 0; b < budgets; b++) {
            double flops = 3e16 * Math.pow(1000, b / (budgets - 1.0));
            List<IsoFlopPoint> models = new ArrayList<>();
            for (int i = 0; i < sizes; i++) {
                double n = TRUTH.parametersAt(flops) * Math.pow(16, i / (sizes - 1.0) - 0.5);
                double d = flops / (6 * n);
                double loss = TRUTH.lossAt(n, d) + noiseNats * random.nextGaussian();
                models.add(new IsoFlopPoint("b" + b + "n" + i, n, d, loss));
            }
            profiles.add(new IsoFlopProfile(flops, models));
        }
        return profiles;
    }

    /** One curve per size, all of the same tokens; each run is off as a whole, and its points around that. */
    static List<SmoothedCurve> smoothed(int sizes, double runNats, double pointNats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SmoothedCurve> curves = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            double n = SMALLEST_N * Math.pow(100, i / (sizes - 1.0));
            double off = runNats * random.nextGaussian();
            List<CurvePoint> points = new ArrayList<>();
            for (int k = 1; k <= CURVE_POINTS; k++) {
                double d = 100 * SMALLEST_D * Math.pow(CURVE_SPAN, k / (double) CURVE_POINTS - 1);
                double flops = 6 * n * d;
                double loss = TRUTH.lossAt(n, d) + off + pointNats * random.nextGaussian();
                points.add(new CurvePoint(k, d, flops, flops, loss, 1e-3));
            }
            curves.add(SmoothedCurve.of(RunCurve.of("run-" + i, n, points), Stiffness.crossValidated())
                    .result()
                    .orElseThrow());
        }
        return curves;
    }

    /** Losses of five sizes and three corpora after 1 to 81 epochs, each a run of its own. */
    static RepeatedData repeated(double relativeNoise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> losses = new ArrayList<>();
        List<Double> unique = new ArrayList<>();
        for (double n : new double[] {1e7, 5e7, 2e8, 1e9, 4e9}) {
            for (double u : new double[] {1e8, 5e8, 3e9}) {
                for (double epochs = 1; epochs <= 81; epochs *= 3) {
                    double clean = REPEATED_TRUTH.lossAt(n, u * epochs, u);
                    double loss = clean * (1 + relativeNoise * random.nextGaussian());
                    losses.add(new Observation("r" + losses.size(), n, u * epochs, loss));
                    unique.add(u);
                }
            }
        }
        return new RepeatedData(
                Observations.of(losses),
                unique.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Curves of runs of ascending size with evenly spaced steps. */
    static List<RunCurve> curves(int runs, int points, double noiseNats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RunCurve> curves = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            double n = SMALLEST_N * Math.pow(100, i / (runs - 1.0));
            List<CurvePoint> steps = new ArrayList<>();
            for (int step = 1; step <= points; step++) {
                double d = SMALLEST_D * 100 * step / points;
                double flops = 6 * n * d;
                double loss = TRUTH.lossAt(n, d) + noiseNats * random.nextGaussian();
                steps.add(new CurvePoint(step, d, flops, flops, loss, 1e-3));
            }
            curves.add(RunCurve.of("run-" + i, n, steps));
        }
        return curves;
    }
}
