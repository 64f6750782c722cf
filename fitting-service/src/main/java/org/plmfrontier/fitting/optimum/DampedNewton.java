package org.plmfrontier.fitting.optimum;

/**
 * Newton's method damped towards a majorising matrix (Levenberg and Marquardt): the step solves
 * {@code (H + damping * M) s = -g}; a step that does not lower the function is refused and the damping raised. Where H is
 * indefinite the damping rises until the sum is not.
 *
 * @param tolerance largest absolute gradient entry of a converged point, relative to {@code max(1, |value|)}
 * @param mostIterations steps tried before giving up
 */
public record DampedNewton(double tolerance, int mostIterations) {
    /** To the limits of double precision for functions scaled to values around 1. */
    public static final DampedNewton TIGHT = new DampedNewton(1e-7, 1000);

    private static final double FIRST_DAMPING = 0.1;
    private static final double LEAST_DAMPING = 1e-12;
    private static final double MOST_DAMPING = 1e12;
    private static final double ROUNDING = 1e-13;

    public DampedNewton {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance must be positive, got " + tolerance);
        }
        if (mostIterations < 1) {
            throw new IllegalArgumentException("mostIterations must be at least 1, got " + mostIterations);
        }
    }

    /** Searches from the start; the start itself is not changed. */
    public Minimum minimise(SmoothFunction function, double[] start) {
        int n = function.dimension();
        double[] point = start.clone();
        double[] trial = new double[n];
        LocalModel here = new LocalModel(n);
        LocalModel there = new LocalModel(n);
        function.evaluate(point, here);
        double damping = FIRST_DAMPING;
        int iteration = 0;
        while (!flat(here) && iteration < mostIterations && damping < MOST_DAMPING) {
            iteration++;
            if (!step(here, damping, point, trial)) {
                damping = Math.max(4 * damping, LEAST_DAMPING);
                continue;
            }
            function.evaluate(trial, there);
            if (better(there, here)) {
                System.arraycopy(trial, 0, point, 0, n);
                LocalModel swap = here;
                here = there;
                there = swap;
                damping = Math.max(LEAST_DAMPING, 0.2 * damping);
            } else {
                damping *= 4;
            }
        }
        return new Minimum(point, here.value, here.gradientNorm(), iteration, flat(here));
    }

    /** Close to the minimum the values agree to the last digits, and the gradient tells the better point. */
    private static boolean better(LocalModel there, LocalModel here) {
        return there.value < here.value - ROUNDING * Math.abs(here.value)
                || (there.value <= here.value + ROUNDING * Math.abs(here.value)
                        && there.gradientNorm() < here.gradientNorm());
    }

    private boolean flat(LocalModel model) {
        return model.gradientNorm() <= tolerance * Math.max(1, Math.abs(model.value));
    }

    private static boolean step(LocalModel model, double damping, double[] point, double[] trial) {
        int n = point.length;
        double[] matrix = new double[model.hessian.length];
        for (int k = 0; k < matrix.length; k++) {
            matrix[k] = model.hessian[k] + damping * model.majorant[k];
        }
        double floor = 1e-12 * (1 + damping);
        for (int i = 0; i < n; i++) {
            matrix[i * (i + 1) / 2 + i] += floor * (1 + model.majorant[i * (i + 1) / 2 + i]);
        }
        if (!Cholesky.factor(matrix, n)) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            trial[i] = -model.gradient[i];
        }
        Cholesky.solve(matrix, n, trial);
        for (int i = 0; i < n; i++) {
            trial[i] += point[i];
        }
        return true;
    }
}
