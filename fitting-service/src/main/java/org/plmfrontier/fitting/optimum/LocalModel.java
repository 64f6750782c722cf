package org.plmfrontier.fitting.optimum;

import java.util.Arrays;

/**
 * Value, gradient and curvature of a function at a point. Symmetric matrices are packed by rows of their lower triangle:
 * entry (i, j), j at most i, stands at {@code i (i + 1) / 2 + j}. Mutable, for one thread.
 */
public final class LocalModel {
    /** The function's value. */
    public double value;

    /** [dimension] */
    public final double[] gradient;

    /** Second derivatives, packed; may be indefinite. */
    public final double[] hessian;

    /** A positive semidefinite matrix that bounds the curvature from above, packed. */
    public final double[] majorant;

    /** A model of a function of so many parameters, all zero. */
    public LocalModel(int dimension) {
        gradient = new double[dimension];
        hessian = new double[packed(dimension)];
        majorant = new double[hessian.length];
    }

    /** Entries of a packed symmetric matrix of so many rows. */
    public static int packed(int dimension) {
        return dimension * (dimension + 1) / 2;
    }

    /** Sets everything to zero. */
    public void clear() {
        value = 0;
        Arrays.fill(gradient, 0);
        Arrays.fill(hessian, 0);
        Arrays.fill(majorant, 0);
    }

    /** Multiplies the function by a factor. */
    public void scale(double factor) {
        value *= factor;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
        }
        for (int k = 0; k < hessian.length; k++) {
            hessian[k] *= factor;
            majorant[k] *= factor;
        }
    }

    /** Largest absolute entry of the gradient. */
    public double gradientNorm() {
        double norm = 0;
        for (double entry : gradient) {
            norm = Math.max(norm, Math.abs(entry));
        }
        return norm;
    }
}
