package org.plmfrontier.fitting.regression;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.plmfrontier.fitting.quantity.Convergence;

/**
 * {@code y = floor + amplitude * x^-decay} by weighted least squares: for a given decay the floor and the amplitude are
 * linear, so one search over the decay is left (variable projection). Serves L(N), L(C) and the floor of a curve.
 *
 * @param floor y at infinite x, not negative; 0 in the plain law
 * @param amplitude y above the floor at x = 1, not negative
 * @param decay exponent, {@value #SLOWEST} to {@value #FASTEST} with a floor, from {@value #SLOWEST_PLAIN} without
 * @param residualSquares weighted sum of squares
 */
public record OffsetPowerLaw(double floor, double amplitude, double decay, double residualSquares) {
    static final double SLOWEST = 0.02;
    static final double FASTEST = 4;
    /**
     * A plain power law slower than this falls by less than 0.2 % per doubling of x, 0.005 nats of a loss of 2.4: that is a
     * floor in all but name.
     */
    static final double SLOWEST_PLAIN = 0.003;

    private static final int GRID = 24;
    private static final int REFINEMENTS = 3;
    private static final double EDGE = 1e-3;
    private static final double NUDGE = 1e-4;

    /**
     * Best floor, amplitude and decay.
     *
     * @param lnX [n] natural logarithms of x, best of a range around 0
     * @param y [n]
     * @param weight [n] inverse variances of y
     */
    public static OffsetPowerLaw withFloor(double[] lnX, double[] y, double[] weight) {
        return search(SLOWEST, decay -> projected(lnX, y, weight, decay, true));
    }

    /** Best amplitude and decay without a floor: the plain power law. */
    public static OffsetPowerLaw plain(double[] lnX, double[] y, double[] weight) {
        return search(SLOWEST_PLAIN, decay -> projected(lnX, y, weight, decay, false));
    }

    /** The law at ln x. */
    public double at(double lnX) {
        return floor + amplitude * Math.exp(-decay * lnX);
    }

    /** Whether a decay is the slowest or the fastest that is searched with a floor, so no minimum. */
    static boolean isAtTheEdge(double decay) {
        return decay <= SLOWEST * (1 + EDGE) || decay >= FASTEST * (1 - EDGE);
    }

    /**
     * How far the decay of a law with equal weights is from the minimum: the gradient is that of the unexplained share of the
     * variance by ln decay.
     */
    static Convergence convergence(OffsetPowerLaw best, double[] lnX, double[] y) {
        double[] equal = new double[y.length];
        Arrays.fill(equal, 1);
        double mean = Arrays.stream(y).average().orElseThrow();
        double all = Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum();
        double above = projected(lnX, y, equal, best.decay * (1 + NUDGE), true).residualSquares;
        double below = projected(lnX, y, equal, best.decay * (1 - NUDGE), true).residualSquares;
        return new Convergence(
                best.residualSquares, Math.abs(above - below) / (2 * NUDGE * all), (REFINEMENTS + 1) * GRID, 1, 1);
    }

    private static OffsetPowerLaw search(double slowest, DoubleFunction<OffsetPowerLaw> atDecay) {
        double low = Math.log(slowest);
        double high = Math.log(FASTEST);
        OffsetPowerLaw best = atDecay.apply(slowest);
        for (int round = 0; round <= REFINEMENTS; round++) {
            double gap = (high - low) / (GRID - 1);
            for (int i = 0; i < GRID; i++) {
                OffsetPowerLaw fit = atDecay.apply(Math.exp(low + i * gap));
                best = fit.residualSquares < best.residualSquares ? fit : best;
            }
            low = Math.max(Math.log(slowest), Math.log(best.decay) - gap);
            high = Math.min(Math.log(FASTEST), Math.log(best.decay) + gap);
        }
        return best;
    }

    private static OffsetPowerLaw projected(
            double[] lnX, double[] y, double[] weight, double decay, boolean withFloor) {
        double sw = 0;
        double su = 0;
        double sy = 0;
        double suu = 0;
        double suy = 0;
        double syy = 0;
        for (int i = 0; i < y.length; i++) {
            double w = weight[i];
            double u = Math.exp(-decay * lnX[i]);
            sw += w;
            su += w * u;
            sy += w * y[i];
            suu += w * u * u;
            suy += w * u * y[i];
            syy += w * y[i] * y[i];
        }
        double determinant = sw * suu - su * su;
        double amplitude = withFloor ? (sw * suy - su * sy) / determinant : -1;
        double floor = withFloor ? (sy - amplitude * su) / sw : -1;
        if (!(floor >= 0) || !(amplitude >= 0)) {
            boolean flat = withFloor && !(amplitude >= 0);
            amplitude = flat ? 0 : suy / suu;
            floor = flat ? sy / sw : 0;
        }
        double squares = syy
                - 2 * (floor * sy + amplitude * suy)
                + floor * floor * sw
                + 2 * floor * amplitude * su
                + amplitude * amplitude * suu;
        return new OffsetPowerLaw(floor, amplitude, decay, Math.max(0, squares));
    }
}
