package org.plmfrontier.fitting.resample;

import java.util.SplittableRandom;

/**
 * The factor by which a standard deviation that was estimated from few residuals may be off: normal numbers times it are
 * Student's t times the estimate.
 */
public final class StudentScale {
    private StudentScale() {}

    /**
     * One factor, {@code sqrt(freedom / chi^2)}.
     *
     * @param freedom degrees of freedom of the estimate, at least 1
     */
    public static double draw(int freedom, SplittableRandom random) {
        if (freedom < 1) {
            throw new IllegalArgumentException("freedom must be at least 1, got " + freedom);
        }
        double squares = 0;
        for (int i = 0; i < freedom; i++) {
            double normal = random.nextGaussian();
            squares += normal * normal;
        }
        return Math.sqrt(freedom / squares);
    }
}
