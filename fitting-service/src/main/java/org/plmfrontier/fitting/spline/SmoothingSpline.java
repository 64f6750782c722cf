package org.plmfrontier.fitting.spline;

import java.util.Arrays;

/**
 * The natural cubic spline g that minimises {@code sum w (y - g(x))^2 + lambda * integral g''^2} (Reinsch 1967), fitted in
 * linear time. Beyond the outer knots it goes on as a straight line. Immutable.
 */
public final class SmoothingSpline {
    private final double[] x;
    private final double[] value;
    private final double[] curvature;
    private final double lambda;
    private final double effectiveParameters;
    private final double residualSquares;

    private SmoothingSpline(
            Knots knots, double[] value, double[] curvature, double lambda, double effectiveParameters) {
        this.x = knots.x();
        this.value = value;
        this.curvature = curvature;
        this.lambda = lambda;
        this.effectiveParameters = effectiveParameters;
        double squares = 0;
        for (int i = 0; i < value.length; i++) {
            double residual = knots.y()[i] - value[i];
            squares += knots.weight()[i] * residual * residual;
        }
        this.residualSquares = squares;
    }

    /**
     * Fits with a given stiffness.
     *
     * @param x [n], strictly ascending, n at least 3
     * @param y [n]
     * @param weight [n], inverse variances up to a common factor
     * @param lambda 0 interpolates
     */
    public static SmoothingSpline fit(double[] x, double[] y, double[] weight, double lambda) {
        return Reinsch.solve(new Knots(x, y, weight), lambda);
    }

    /**
     * Fits with the stiffness that minimises the generalised cross-validation score, in which effective parameters count
     * 1.4 times: plain scores now and then choose a wriggle (Kim and Gu, JRSS B 66, 2004).
     */
    public static SmoothingSpline crossValidated(double[] x, double[] y, double[] weight) {
        return CrossValidation.best(new Knots(x, y, weight));
    }

    static SmoothingSpline of(
            Knots knots, double[] value, double[] curvature, double lambda, double effectiveParameters) {
        return new SmoothingSpline(knots, value, curvature, lambda, effectiveParameters);
    }

    /** The spline at t. */
    public double valueAt(double t) {
        int i = segment(t);
        double h = x[i + 1] - x[i];
        if (t <= x[0] || t >= x[x.length - 1]) {
            int end = t <= x[0] ? 0 : x.length - 1;
            return value[end] + slopeAt(x[end]) * (t - x[end]);
        }
        double right = (t - x[i]) / h;
        double left = 1 - right;
        double bend = (left * left * left - left) * curvature[i] + (right * right * right - right) * curvature[i + 1];
        return left * value[i] + right * value[i + 1] + bend * h * h / 6;
    }

    /** First derivative at t. */
    public double slopeAt(double t) {
        double inside = Math.min(x[x.length - 1], Math.max(x[0], t));
        int i = segment(inside);
        double h = x[i + 1] - x[i];
        double right = (inside - x[i]) / h;
        double left = 1 - right;
        double bend = (1 - 3 * left * left) * curvature[i] + (3 * right * right - 1) * curvature[i + 1];
        return (value[i + 1] - value[i]) / h + bend * h / 6;
    }

    /** The stiffness used. */
    public double lambda() {
        return lambda;
    }

    /** Trace of the matrix that maps y to the fitted values: between 2 (a line) and n (interpolation). */
    public double effectiveParameters() {
        return effectiveParameters;
    }

    /** Sum of weighted squared residuals at the knots. */
    public double residualSquares() {
        return residualSquares;
    }

    private int segment(double t) {
        int found = Arrays.binarySearch(x, t);
        int left = found >= 0 ? found : -found - 2;
        return Math.max(0, Math.min(x.length - 2, left));
    }
}
