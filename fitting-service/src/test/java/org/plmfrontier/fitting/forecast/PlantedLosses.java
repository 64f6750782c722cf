package org.plmfrontier.fitting.forecast;

import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;

/** Losses of a grid of sizes and budgets by a law, with seeded noise. */
public final class PlantedLosses {
    private PlantedLosses() {}

    public static double hoffmann(double parameters, double tokens) {
        return 1.8 + 400 / Math.pow(parameters, 0.34) + 900 / Math.pow(tokens, 0.36);
    }

    /** Hoffmann's law that bends down from 4e6 parameters on, as where a recipe begins to suit larger sizes. */
    static double bent(double parameters, double tokens) {
        return hoffmann(parameters, tokens) - 0.006 * Math.pow(Math.max(0, Math.log(parameters / 4e6)), 2);
    }

    /**
     * A grid of sizes that double from 1e6, each with 5, 10, 20 and 40 tokens per parameter.
     *
     * @param noise standard deviation of ln L
     */
    public static Losses grid(DoubleBinaryOperator law, int sizes, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = sizes * 4;
        double[] parameters = new double[n];
        double[] tokens = new double[n];
        double[] loss = new double[n];
        for (int i = 0; i < n; i++) {
            parameters[i] = 1e6 * Math.pow(2, Math.floorDiv(i, 4));
            tokens[i] = parameters[i] * 5 * Math.pow(2, i % 4);
            loss[i] = law.applyAsDouble(parameters[i], tokens[i]) * Math.exp(noise * random.nextGaussian());
        }
        return Losses.of(parameters, tokens, loss);
    }
}
