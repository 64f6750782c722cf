package org.plmfrontier.trainer.regression;

/**
 * Features as z = (x - mean) / deviation.
 *
 * @param mean of each feature [features]
 * @param deviation standard deviation of each feature with the divisor n [features]; infinite where the feature is constant
 *     up to float32's rounding, so that its z is 0
 */
public record Standardisation(double[] mean, double[] deviation) {
    /** Relative to the mean, what float32 cannot tell from nothing. */
    private static final double ROUNDING = 1e-7;

    /**
     * Mean and deviation of rows.
     *
     * @throws ArithmeticException where they are not finite
     */
    public static Standardisation of(float[][] rows) {
        int features = rows[0].length;
        double[] mean = new double[features];
        double[] squares = new double[features];
        for (float[] row : rows) {
            for (int j = 0; j < features; j++) {
                mean[j] += row[j];
            }
        }
        for (int j = 0; j < features; j++) {
            mean[j] /= rows.length;
        }
        for (float[] row : rows) {
            for (int j = 0; j < features; j++) {
                double distance = row[j] - mean[j];
                squares[j] += distance * distance;
            }
        }
        for (int j = 0; j < features; j++) {
            double deviation = Math.sqrt(squares[j] / rows.length);
            if (!Double.isFinite(deviation)) {
                throw new ArithmeticException("feature " + j + " is not finite in every row");
            }
            squares[j] = deviation <= ROUNDING * Math.abs(mean[j]) ? Double.POSITIVE_INFINITY : deviation;
        }
        return new Standardisation(mean, squares);
    }

    /** Standardised features of a row. */
    void apply(float[] row, double[] target) {
        for (int j = 0; j < row.length; j++) {
            target[j] = (row[j] - mean[j]) / deviation[j];
        }
    }
}
