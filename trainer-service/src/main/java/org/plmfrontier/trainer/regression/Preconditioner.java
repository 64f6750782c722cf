package org.plmfrontier.trainer.regression;

/**
 * About the inverse of the Hessian: that of each class's own block, taken equal for all classes, from a part of the rows. The
 * Hessian lies below it times a constant (Böhning 1992, Multinomial logistic regression algorithm), so conjugate gradients need
 * few steps however the features hang together. Immutable.
 */
final class Preconditioner {
    /** Rows looked at, in numbers of features. */
    private static final int ROWS_PER_FEATURE = 4;
    /** Added to the diagonal, relative to its mean, against rounding. */
    private static final double RIDGE = 1e-10;

    /** Lower triangle of the Cholesky factor, row by row. */
    private final double[][] factor;

    private Preconditioner(double[][] factor) {
        this.factor = factor;
    }

    static Preconditioner of(LabelledRows data, Standardisation features, Objective objective, double lambda) {
        int width = data.features() + 1;
        int rows = (int) Math.min(data.size(), (long) ROWS_PER_FEATURE * width);
        double[][] gram = new double[width][];
        for (int a = 0; a < width; a++) {
            gram[a] = new double[a + 1];
        }
        double[] z = new double[width];
        for (int r = 0; r < rows; r++) {
            int i = (int) ((long) r * data.size() / rows);
            features.apply(data.rows()[i], z);
            z[width - 1] = 1;
            double weight = objective.curvature(i) / rows;
            for (int a = 0; a < width; a++) {
                double factor = weight * z[a];
                double[] line = gram[a];
                for (int b = 0; b <= a; b++) {
                    line[b] += factor * z[b];
                }
            }
        }
        double trace = 0;
        for (int a = 0; a < width; a++) {
            gram[a][a] += a < width - 1 ? lambda : 0;
            trace += gram[a][a];
        }
        for (int a = 0; a < width; a++) {
            gram[a][a] += RIDGE * trace / width + Double.MIN_NORMAL;
        }
        factorise(gram);
        return new Preconditioner(gram);
    }

    /** Cholesky in place: lower triangle L with L L' the matrix. */
    private static void factorise(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / matrix[j][j];
            }
        }
    }

    /** The inverse times each class's part of a vector. */
    void apply(double[] vector, double[] target) {
        int width = factor.length;
        for (int offset = 0; offset < vector.length; offset += width) {
            for (int i = 0; i < width; i++) {
                double sum = vector[offset + i];
                for (int j = 0; j < i; j++) {
                    sum -= factor[i][j] * target[offset + j];
                }
                target[offset + i] = sum / factor[i][i];
            }
            for (int i = width - 1; i >= 0; i--) {
                double value = target[offset + i] / factor[i][i];
                target[offset + i] = value;
                for (int j = 0; j < i; j++) {
                    target[offset + j] -= factor[i][j] * value;
                }
            }
        }
    }
}
