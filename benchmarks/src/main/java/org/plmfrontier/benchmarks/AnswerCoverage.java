package org.plmfrontier.benchmarks;

import java.util.SplittableRandom;
import org.plmfrontier.fitting.forecast.BestSize;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * How often the 95 % intervals of the best size and of its loss hold the truth, on planted studies of five to seven sizes and five
 * budgets each under Hoffmann's law with exponents of 0.25 to 0.45 and noise of 0.4 %, at 1, 3 and 10 times their compute. With
 * {@code outlier} one loss of each study is 5 % too high.
 *
 * <p>Arguments: studies (default 200), seed (default 7), outlier (optional).
 */
public final class AnswerCoverage {
    private static final double[] FACTORS = {1, 3, 10};
    private static final double NOISE = 0.004;

    /** A planted law. */
    private record Law(double floor, double a, double alpha, double b, double beta) {
        static Law draw(SplittableRandom random) {
            double alpha = 0.25 + 0.2 * random.nextDouble();
            double beta = 0.25 + 0.2 * random.nextDouble();
            double floor = 1.6 + 0.5 * random.nextDouble();
            double a = 0.9 * Math.pow(1e7, alpha) * (0.5 + random.nextDouble());
            double b = 0.9 * Math.pow(2e8, beta) * (0.5 + random.nextDouble());
            return new Law(floor, a, alpha, b, beta);
        }

        double loss(double parameters, double tokens) {
            return floor + a / Math.pow(parameters, alpha) + b / Math.pow(tokens, beta);
        }

        double best(double computeFlops) {
            return Math.pow(alpha * a / (beta * b), 1 / (alpha + beta))
                    * Math.pow(computeFlops / 6, beta / (alpha + beta));
        }
    }

    /** What was counted at one factor. */
    private static final class Counts {
        private int decided;
        private int sizes;
        private int losses;
        private double width;
        private double lossWidth;

        void add(BestSize best, double size, double loss) {
            decided++;
            sizes += best.parameters().covers(size) ? 1 : 0;
            losses += best.loss().covers(loss) ? 1 : 0;
            width += Math.log(best.parameters().high() / best.parameters().low());
            lossWidth += Math.log(best.loss().high() / best.loss().low());
        }
    }

    private AnswerCoverage() {}

    public static void main(String[] args) {
        int studies = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        SplittableRandom random = new SplittableRandom(args.length > 1 ? Long.parseLong(args[1]) : 7);
        boolean outlier = args.length > 2 && args[2].equals("outlier");
        Counts[] counts = {new Counts(), new Counts(), new Counts()};
        for (int study = 0; study < studies; study++) {
            Law law = Law.draw(random);
            Forecaster forecaster = Forecaster.of(losses(law, 5 + random.nextInt(3), random, outlier));
            for (int k = 0; k < FACTORS.length; k++) {
                double budget = FACTORS[k] * forecaster.mostComputeFlops();
                FitOutcome<BestSize> best = forecaster.best(budget);
                double size = law.best(budget);
                Counts of = counts[k];
                best.result().ifPresent(found -> of.add(found, size, law.loss(size, budget / 6 / size)));
            }
        }
        System.out.printf("%d studies%s%n", studies, outlier ? ", one loss of each 5 % too high" : "");
        for (int k = 0; k < FACTORS.length; k++) {
            Counts of = counts[k];
            System.out.printf(
                    "%2.0f times the compute: answered %.1f %%; N held %.1f %%, width a factor of %.2f; loss held %.1f %%, width %.1f %%%n",
                    FACTORS[k],
                    100.0 * of.decided / studies,
                    100.0 * of.sizes / of.decided,
                    Math.exp(of.width / of.decided),
                    100.0 * of.losses / of.decided,
                    100 * of.lossWidth / of.decided);
        }
    }

    private static Losses losses(Law law, int sizes, SplittableRandom random, boolean outlier) {
        int n = 5 * sizes;
        double[] parameters = new double[n];
        double[] tokens = new double[n];
        double[] loss = new double[n];
        for (int i = 0; i < n; i++) {
            int size = Math.floorDiv(i, 5);
            parameters[i] = 1e6 * Math.pow(2.2, size);
            tokens[i] = 2e7 * Math.pow(2.5, i % 5) * Math.pow(1.6, size);
            loss[i] = law.loss(parameters[i], tokens[i]) * Math.exp(NOISE * random.nextGaussian());
        }
        if (outlier) {
            loss[random.nextInt(n)] *= 1.05;
        }
        return Losses.of(parameters, tokens, loss);
    }
}
