package org.plmfrontier.fitting.spline;

/**
 * A symmetric positive definite matrix with two bands on either side, factored as L D L'. Source: Green and Silverman,
 * Nonparametric Regression and Generalized Linear Models, 1994, section 2.3.3; inverse bands: Hutchinson and de Hoog,
 * Numerische Mathematik 47 (1985).
 */
final class Pentadiagonal {
    private final double[] pivot;
    private final double[] lower1;
    private final double[] lower2;

    private Pentadiagonal(double[] pivot, double[] lower1, double[] lower2) {
        this.pivot = pivot;
        this.lower1 = lower1;
        this.lower2 = lower2;
    }

    /**
     * Factors the matrix.
     *
     * @param diagonal [n]
     * @param first [n], entry i couples i and i + 1
     * @param second [n], entry i couples i and i + 2
     */
    static Pentadiagonal factor(double[] diagonal, double[] first, double[] second) {
        int n = diagonal.length;
        double[] d = new double[n];
        double[] e = new double[n];
        double[] f = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = diagonal[i];
            double coupling = first[i];
            if (i > 0) {
                d[i] -= d[i - 1] * e[i - 1] * e[i - 1];
                coupling -= d[i - 1] * e[i - 1] * f[i - 1];
            }
            if (i > 1) {
                d[i] -= d[i - 2] * f[i - 2] * f[i - 2];
            }
            e[i] = i + 1 < n ? coupling / d[i] : 0;
            f[i] = i + 2 < n ? second[i] / d[i] : 0;
        }
        return new Pentadiagonal(d, e, f);
    }

    /** The solution of the linear system with this right-hand side. */
    double[] solve(double[] right) {
        int n = pivot.length;
        double[] z = right.clone();
        for (int i = 0; i < n; i++) {
            z[i] -= (i > 0 ? lower1[i - 1] * z[i - 1] : 0) + (i > 1 ? lower2[i - 2] * z[i - 2] : 0);
        }
        for (int i = n - 1; i >= 0; i--) {
            z[i] = z[i] / pivot[i] - (i + 1 < n ? lower1[i] * z[i + 1] : 0) - (i + 2 < n ? lower2[i] * z[i + 2] : 0);
        }
        return z;
    }

    /** The inverse's diagonal and its two upper bands: [3][n]. */
    double[][] inverseBands() {
        int n = pivot.length;
        double[][] s = new double[3][n];
        for (int i = n - 1; i >= 0; i--) {
            double next = i + 1 < n ? s[0][i + 1] : 0;
            double nextFirst = i + 1 < n ? s[1][i + 1] : 0;
            double afterNext = i + 2 < n ? s[0][i + 2] : 0;
            s[1][i] = -lower1[i] * next - lower2[i] * nextFirst;
            s[2][i] = -lower1[i] * nextFirst - lower2[i] * afterNext;
            s[0][i] = 1 / pivot[i] - lower1[i] * s[1][i] - lower2[i] * s[2][i];
        }
        return s;
    }
}
