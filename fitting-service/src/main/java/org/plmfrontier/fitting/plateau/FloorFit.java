package org.plmfrontier.fitting.plateau;

import java.util.function.DoubleFunction;

/**
 * {@code L(C) = floor + amplitude * (C / C_last)^-decay} by weighted least squares: for a given decay the floor and the
 * amplitude are linear, so one search over the decay is left (variable projection).
 *
 * @param floor nats, not negative; the loss at infinite compute
 * @param amplitude nats above the floor at the last point
 * @param decay exponent, {@value #SLOWEST} to {@value #FASTEST} with a floor, from {@value #SLOWEST_PLAIN} without
 * @param residualSquares weighted sum of squares, nats squared
 */
record FloorFit(double floor, double amplitude, double decay, double residualSquares) {
    static final double SLOWEST = 0.02;
    static final double FASTEST = 4;
    /**
     * A plain power law slower than this gains less than 0.2 % of the loss, 0.005 nats at 2.4, per doubling of compute:
     * that is a floor in all but name.
     */
    static final double SLOWEST_PLAIN = 0.003;

    private static final int GRID = 24;
    private static final int REFINEMENTS = 3;

    /** Best floor, amplitude and decay. */
    static FloorFit of(Tail tail) {
        return search(SLOWEST, decay -> projected(tail, decay, true));
    }

    /** Best amplitude and decay without a floor: the plain power law. */
    static FloorFit withoutFloor(Tail tail) {
        return search(SLOWEST_PLAIN, decay -> projected(tail, decay, false));
    }

    double at(double lnRatio) {
        return floor + amplitude * Math.exp(-decay * lnRatio);
    }

    private static FloorFit search(double slowest, DoubleFunction<FloorFit> atDecay) {
        double low = Math.log(slowest);
        double high = Math.log(FASTEST);
        FloorFit best = atDecay.apply(slowest);
        for (int round = 0; round <= REFINEMENTS; round++) {
            double gap = (high - low) / (GRID - 1);
            for (int i = 0; i < GRID; i++) {
                FloorFit fit = atDecay.apply(Math.exp(low + i * gap));
                best = fit.residualSquares < best.residualSquares ? fit : best;
            }
            low = Math.max(Math.log(slowest), Math.log(best.decay) - gap);
            high = Math.min(Math.log(FASTEST), Math.log(best.decay) + gap);
        }
        return best;
    }

    private static FloorFit projected(Tail tail, double decay, boolean withFloor) {
        double sw = 0;
        double su = 0;
        double sy = 0;
        double suu = 0;
        double suy = 0;
        double syy = 0;
        for (int i = 0; i < tail.size(); i++) {
            double w = tail.weight()[i];
            double u = Math.exp(-decay * tail.lnRatio()[i]);
            double y = tail.lossNats()[i];
            sw += w;
            su += w * u;
            sy += w * y;
            suu += w * u * u;
            suy += w * u * y;
            syy += w * y * y;
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
        return new FloorFit(floor, amplitude, decay, Math.max(0, squares));
    }
}
