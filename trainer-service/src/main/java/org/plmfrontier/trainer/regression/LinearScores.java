package org.plmfrontier.trainer.regression;

/**
 * Scores of classes, linear in raw features: weights of standardised features with the standardisation folded in, so that rows
 * need no copy.
 */
final class LinearScores {
    private final double[][] weights;
    private final double[] constants;

    /**
     * Folds.
     *
     * @param parameters per class the weights of the standardised features, then the bias
     */
    LinearScores(double[] parameters, int classes, Standardisation features) {
        int size = features.mean().length;
        weights = new double[classes][size];
        constants = new double[classes];
        for (int k = 0; k < classes; k++) {
            int offset = k * (size + 1);
            double constant = parameters[offset + size];
            for (int j = 0; j < size; j++) {
                double weight = parameters[offset + j] / features.deviation()[j];
                weights[k][j] = weight;
                constant -= weight * features.mean()[j];
            }
            constants[k] = constant;
        }
    }

    /** Scores of a row, in place of what is in the target [classes]. */
    void of(float[] row, double[] target) {
        for (int k = 0; k < target.length; k++) {
            target[k] = constants[k] + dot(weights[k], row);
        }
    }

    /** Four sums, which do not wait for each other. */
    private static double dot(double[] weights, float[] row) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < row.length; j += 4) {
            a += weights[j] * row[j];
            b += weights[j + 1] * row[j + 1];
            c += weights[j + 2] * row[j + 2];
            d += weights[j + 3] * row[j + 3];
        }
        for (; j < row.length; j++) {
            a += weights[j] * row[j];
        }
        return a + b + (c + d);
    }
}
