package org.plmfrontier.fitting.spline;

/**
 * Data of a smoothing spline: abscissae strictly ascending, ordinates, and weights that are inverse variances up to a
 * common factor. All three have the same length, at least 3.
 */
record Knots(double[] x, double[] y, double[] weight) {
    /** Fewest knots that can bend. */
    static final int FEWEST = 3;

    Knots {
        if (x.length < FEWEST || y.length != x.length || weight.length != x.length) {
            throw new IllegalArgumentException("x, y and weight need one length of at least " + FEWEST + ", got "
                    + x.length + ", " + y.length + ", " + weight.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (i > 0 && !(x[i] > x[i - 1])) {
                throw new IllegalArgumentException("x must ascend, got " + x[i - 1] + " before " + x[i]);
            }
            if (!Double.isFinite(y[i]) || !(weight[i] > 0)) {
                throw new IllegalArgumentException("knot " + i + " has y " + y[i] + " and weight " + weight[i]);
            }
        }
        x = x.clone();
        y = y.clone();
        weight = weight.clone();
    }

    int size() {
        return x.length;
    }

    /** Distance from knot i to the next. */
    double gap(int i) {
        return x[i + 1] - x[i];
    }
}
