package org.plmfrontier.fitting.objective;

import org.plmfrontier.fitting.optimum.LocalModel;

/** A family's robust objective on a linear subspace {@code theta = M phi} of its parameters, over phi. */
public final class RestrictedObjective implements RobustObjective {
    private final RobustObjective whole;
    private final double[][] matrix;
    private final int free;
    private final LocalModel model;
    private final double[] point;

    /**
     * A restriction.
     *
     * @param matrix [theta][phi]
     */
    public RestrictedObjective(RobustObjective whole, double[][] matrix) {
        this.whole = whole;
        this.matrix = matrix;
        this.free = matrix[0].length;
        this.model = new LocalModel(matrix.length);
        this.point = new double[matrix.length];
    }

    @Override
    public void setDelta(double delta) {
        whole.setDelta(delta);
    }

    @Override
    public int dimension() {
        return free;
    }

    @Override
    public void evaluate(double[] phi, LocalModel into) {
        expand(matrix, phi, point);
        whole.evaluate(point, model);
        into.value = model.value;
        foldGradient(matrix, model.gradient, into.gradient);
        foldSquare(matrix, model.hessian, into.hessian);
        foldSquare(matrix, model.majorant, into.majorant);
    }

    /** theta = M phi. */
    public static void expand(double[][] matrix, double[] phi, double[] theta) {
        for (int i = 0; i < matrix.length; i++) {
            double sum = 0;
            for (int j = 0; j < matrix[0].length; j++) {
                sum += matrix[i][j] * phi[j];
            }
            theta[i] = sum;
        }
    }

    /** M' g. */
    public static void foldGradient(double[][] matrix, double[] g, double[] into) {
        for (int j = 0; j < matrix[0].length; j++) {
            double sum = 0;
            for (int i = 0; i < matrix.length; i++) {
                sum += matrix[i][j] * g[i];
            }
            into[j] = sum;
        }
    }

    /** M' H M, packed. */
    public static void foldSquare(double[][] matrix, double[] h, double[] into) {
        int free = matrix[0].length;
        int k = 0;
        for (int a = 0; a < free; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < matrix.length; i++) {
                    for (int j = 0; j < matrix.length; j++) {
                        int row = Math.max(i, j);
                        sum += matrix[i][a] * matrix[j][b] * h[row * (row + 1) / 2 + Math.min(i, j)];
                    }
                }
                into[k++] = sum;
            }
        }
    }
}
