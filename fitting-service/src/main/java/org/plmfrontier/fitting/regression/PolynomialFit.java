package org.plmfrontier.fitting.regression;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * A polynomial of first or second degree by ordinary least squares, with intervals by Student's t. Computed in x centred and
 * scaled to at most 1 so that sizes of 10^9 and FLOPs of 10^20 keep their digits. The arrays are not to be changed.
 *
 * @param centre subtracted from x
 * @param scale x less the centre is divided by it
 * @param coefficients [degree + 1] in the scaled x, constant first
 * @param inverse [degree + 1][degree + 1] inverse of the normal matrix in the scaled x
 * @param deviation standard deviation of a residual
 * @param freedom points less coefficients, at least 1
 */
public record PolynomialFit(
        double centre, double scale, double[] coefficients, double[][] inverse, double deviation, int freedom) {

    /** Fits; not identifiable without one more point, and as many different x, as coefficients. */
    public static FitOutcome<PolynomialFit> of(double[] x, double[] y, int degree) {
        if (degree < 1 || degree > 2) {
            throw new IllegalArgumentException("degree must be 1 or 2, got " + degree);
        }
        int terms = degree + 1;
        long different = Arrays.stream(x).distinct().count();
        if (x.length <= terms || different < terms) {
            return FitOutcome.notIdentifiable("a polynomial of degree " + degree + " with intervals needs "
                    + (terms + 1) + " points, there are " + x.length + " at " + different + " sizes");
        }
        double centre = Arrays.stream(x).average().orElseThrow();
        double scale = Arrays.stream(x).map(v -> Math.abs(v - centre)).max().orElseThrow();
        double[][] normal = new double[terms][terms];
        double[] right = new double[terms];
        for (int i = 0; i < x.length; i++) {
            double[] row = row((x[i] - centre) / scale, terms);
            for (int j = 0; j < terms; j++) {
                right[j] += row[j] * y[i];
                for (int k = 0; k < terms; k++) {
                    normal[j][k] += row[j] * row[k];
                }
            }
        }
        double[][] inverse = inverted(normal);
        double[] coefficients = times(inverse, right);
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            squares += Math.pow(y[i] - dot(row((x[i] - centre) / scale, terms), coefficients), 2);
        }
        int freedom = x.length - terms;
        return FitOutcome.fitted(
                new PolynomialFit(centre, scale, coefficients, inverse, Math.sqrt(squares / freedom), freedom));
    }

    /** The polynomial at x with the interval of its mean. */
    public Estimate at(double x, double level) {
        return combination(row((x - centre) / scale, coefficients.length), level);
    }

    /** The coefficient of x to a power, in the units of x and y. */
    public Estimate coefficient(int power, double level) {
        double[] weights = new double[coefficients.length];
        for (int k = power; k < weights.length; k++) {
            double binomial = k == 2 && power == 1 ? 2 : 1;
            weights[k] = binomial * Math.pow(-centre, k - power) / Math.pow(scale, k);
        }
        return combination(weights, level);
    }

    /**
     * The x at which a straight line reaches y, with Fieller's interval. Not identifiable for a parabola or where the slope is
     * not told from 0.
     */
    public FitOutcome<Estimate> inverse(double y, double level) {
        if (coefficients.length != 2) {
            return FitOutcome.notIdentifiable("a parabola reaches a value at two places or none");
        }
        double t = quantile(level) * deviation;
        double slope = coefficients[1];
        double g = t * t * inverse[1][1] / (slope * slope);
        if (!(g < 1)) {
            return FitOutcome.notIdentifiable("the slope of the line is not told from 0");
        }
        double u = (y - coefficients[0]) / slope;
        double middle = u / (1 - g);
        double reach = t / Math.abs(slope) / (1 - g) * Math.sqrt((1 - g) * inverse[0][0] + u * u * inverse[1][1]);
        return FitOutcome.fitted(new Estimate(
                centre + scale * u,
                Math.min(centre + scale * u, centre + scale * (middle - reach)),
                Math.max(centre + scale * u, centre + scale * (middle + reach)),
                level));
    }

    private Estimate combination(double[] weights, double level) {
        double value = dot(weights, coefficients);
        double half = quantile(level) * deviation * Math.sqrt(Math.max(0, dot(weights, times(inverse, weights))));
        return new Estimate(value, value - half, value + half, level);
    }

    private double quantile(double level) {
        return new TDistribution(freedom).inverseCumulativeProbability(0.5 * (1 + level));
    }

    private static double[] row(double x, int terms) {
        return terms == 2 ? new double[] {1, x} : new double[] {1, x, x * x};
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix).mapToDouble(row -> dot(row, vector)).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Gauss and Jordan, for a positive definite matrix. */
    private static double[][] inverted(double[][] matrix) {
        int n = matrix.length;
        double[][] m = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, m[i], 0, n);
            m[i][n + i] = 1;
        }
        for (int p = 0; p < n; p++) {
            double pivot = m[p][p];
            for (int j = 0; j < 2 * n; j++) {
                m[p][j] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                double factor = i == p ? 0 : m[i][p];
                for (int j = 0; j < 2 * n; j++) {
                    m[i][j] -= factor * m[p][j];
                }
            }
        }
        return Arrays.stream(m).map(row -> Arrays.copyOfRange(row, n, 2 * n)).toArray(double[][]::new);
    }
}
