package org.plmfrontier.fitting.forecast;

import java.util.SplittableRandom;

/**
 * Losses of several sizes at one compute by one law, with their errors together.
 *
 * @param mean [n] of ln L
 * @param factor packed lower Cholesky factor of the covariance
 */
record Basin(double[] mean, double[] factor) {
    /** Degrees of freedom of the errors. */
    private static final int DEGREES = 6;

    /** A possible course of ln L over the sizes. */
    double[] draw(SplittableRandom random) {
        int n = mean.length;
        double[] normal = new double[n];
        for (int i = 0; i < n; i++) {
            normal[i] = random.nextGaussian();
        }
        double chi = 0;
        for (int i = 0; i < DEGREES; i++) {
            double one = random.nextGaussian();
            chi += one * one;
        }
        double scale = Math.sqrt(DEGREES / chi);
        double[] course = mean.clone();
        for (int i = 0; i < n; i++) {
            int row = i * (i + 1) / 2;
            for (int j = 0; j <= i; j++) {
                course[i] += scale * factor[row + j] * normal[j];
            }
        }
        return course;
    }
}
