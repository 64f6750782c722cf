package org.plmfrontier.fitting.optimum;

/**
 * Newton's method damped towards a majorising matrix (Levenberg and Marquardt): the step solves
 * {@code (H + damping * M) s = -g}; a step that does not lower the function is refused and the damping raised. Where H is
 * indefinite the damping rises until the sum is not.
 *
 * @param tolerance largest absolute gradient entry of a converged point, relative to {@code max(1, |value|)}
 * @param mostIterations steps tried before giving up
 * @param leastGain a step that lowers the value by a smaller share of it ends the search; 0 goes on to the tolerance
 */
public record DampedNewton(double tolerance, int mostIterations, double leastGain) {
    /** To the limits of double precision for functions scaled to values around 1. */
    public static final DampedNewton TIGHT = new DampedNewton(1e-7, 1000);

    private static final double FIRST_DAMPING = 0.1;
    private static final double LEAST_DAMPING = 1e-12;
    private static final double MOST_DAMPING = 1e12;
    private static final double FIRST_RAISE = 2;
    private static final double MOST_RAISE = 8;
    private static final double MOST_LOWERING = 0.2;
    private static final double ROUNDING = 1e-13;

    /** A search that ends by its tolerance alone. */
    public DampedNewton(double tolerance, int mostIterations) {
        this(tolerance, mostIterations, 0);
    }

    public DampedNewton {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance must be positive, got " + tolerance);
        }
        if (!(leastGain >= 0 && leastGain < 1)) {
            throw new IllegalArgumentException("leastGain must lie in [0, 1), got " + leastGain);
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
        Work work = new Work(n);
        function.evaluate(point, here);
        double damping = FIRST_DAMPING;
        double raise = FIRST_RAISE;
        int iteration = 0;
        boolean gaining = true;
        while (gaining && !flat(here) && iteration < mostIterations && damping < MOST_DAMPING) {
            iteration++;
            boolean tried = step(here, damping, point, trial, work);
            if (tried) {
                function.improve(trial);
                function.evaluate(trial, there);
            }
            if (tried && better(there, here)) {
                damping = Math.max(LEAST_DAMPING, damping * lowering(here, there, damping, work));
                raise = FIRST_RAISE;
                gaining = leastGain == 0 || here.value - there.value > leastGain * here.value;
                System.arraycopy(trial, 0, point, 0, n);
                LocalModel swap = here;
                here = there;
                there = swap;
            } else {
                damping *= raise;
                raise = Math.min(MOST_RAISE, 2 * raise);
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

    /**
     * The factor for the damping after a step that did what the quadratic model promised to the degree rho:
     * {@code max(1/5, 1 - (2 rho - 1)^3)} (Nielsen 1999, IMM-REP-1999-05, with 1/5 for his 1/3 and a bound on the raise: too quick a raise skips the damping that
     * crosses a jump of the curvature).
     */
    private static double lowering(LocalModel here, LocalModel there, double damping, Work work) {
        double promised = 0;
        int k = 0;
        for (int i = 0; i < work.step.length; i++) {
            promised -= work.step[i] * here.gradient[i];
            for (int j = 0; j <= i; j++, k++) {
                promised -= (i == j ? 0.5 : 1) * work.step[i] * work.step[j] * here.hessian[k];
            }
        }
        double rho = promised > 0 ? Math.min(1, (here.value - there.value) / promised) : 1;
        return Math.max(MOST_LOWERING, 1 - Math.pow(2 * rho - 1, 3));
    }

    /** Scratch space of a search: packed matrix and step. */
    private static final class Work {
        private final double[] matrix;
        private final double[] step;

        Work(int n) {
            matrix = new double[n * (n + 1) / 2];
            step = new double[n];
        }
    }

    private static boolean step(LocalModel model, double damping, double[] point, double[] trial, Work work) {
        int n = point.length;
        double[] matrix = work.matrix;
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
            work.step[i] = -model.gradient[i];
        }
        Cholesky.solve(matrix, n, work.step);
        for (int i = 0; i < n; i++) {
            trial[i] = point[i] + work.step[i];
        }
        return true;
    }
}
