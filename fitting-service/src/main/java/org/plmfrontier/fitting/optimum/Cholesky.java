package org.plmfrontier.fitting.optimum;

/** Cholesky factors of small symmetric matrices, packed as in {@link LocalModel}. */
public final class Cholesky {
    private Cholesky() {}

    /** Factors the packed matrix in place; false if it is not positive definite, and then the content is undefined. */
    public static boolean factor(double[] matrix, int n) {
        for (int i = 0; i < n; i++) {
            int row = i * (i + 1) / 2;
            double scale = matrix[row + i];
            for (int j = 0; j <= i; j++) {
                int other = j * (j + 1) / 2;
                double sum = matrix[row + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[row + k] * matrix[other + k];
                }
                if (i != j) {
                    matrix[row + j] = sum / matrix[other + j];
                } else if (sum > 1e-14 * scale) {
                    matrix[row + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** Solves the lower factor's system for the right-hand side, in place: the first half of {@link #solve}. */
    public static void solveLower(double[] factor, int n, double[] right) {
        for (int i = 0; i < n; i++) {
            int row = i * (i + 1) / 2;
            for (int k = 0; k < i; k++) {
                right[i] -= factor[row + k] * right[k];
            }
            right[i] /= factor[row + i];
        }
    }

    /** Solves the factored system for the right-hand side, in place. */
    public static void solve(double[] factor, int n, double[] right) {
        solveLower(factor, n, right);
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                right[i] -= factor[k * (k + 1) / 2 + i] * right[k];
            }
            right[i] /= factor[i * (i + 1) / 2 + i];
        }
    }
}
