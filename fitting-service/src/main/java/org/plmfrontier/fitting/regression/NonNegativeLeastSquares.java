package org.plmfrontier.fitting.regression;

/**
 * {@code min sum w (sum_j f_j p_j - 1)^2} over non-negative factors f, for at most three parts: all subsets of active
 * factors are tried, which is exact and for seven subsets quick.
 *
 * @param factors [parts]; not to be changed
 * @param meanParts [parts] weighted means of the parts
 * @param residualSquares the minimum over the sum of weights
 */
public record NonNegativeLeastSquares(double[] factors, double[] meanParts, double residualSquares) {

    /**
     * Solves.
     *
     * @param parts [n * count], the parts of one observation after those of the one before
     * @param count number of parts, 1 to 3
     * @param weights [n]
     */
    public static NonNegativeLeastSquares of(double[] parts, int count, double[] weights) {
        if (count == 3) {
            return ofThree(parts, weights);
        }
        double[][] gram = new double[count][count];
        double[] sums = new double[count];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            double w = weights[i];
            total += w;
            for (int j = 0; j < count; j++) {
                double weighted = w * parts[i * count + j];
                sums[j] += weighted;
                for (int k = 0; k <= j; k++) {
                    gram[j][k] += weighted * parts[i * count + k];
                }
            }
        }
        return best(gram, sums, total);
    }

    /** The same sums for three parts without inner loops: the hottest lines of a bootstrap. */
    private static NonNegativeLeastSquares ofThree(double[] parts, double[] weights) {
        double total = 0;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double g00 = 0;
        double g10 = 0;
        double g11 = 0;
        double g20 = 0;
        double g21 = 0;
        double g22 = 0;
        for (int i = 0; i < weights.length; i++) {
            double w = weights[i];
            if (w > 0) {
                double p = parts[3 * i];
                double q = parts[3 * i + 1];
                double r = parts[3 * i + 2];
                total += w;
                s0 += w * p;
                s1 += w * q;
                s2 += w * r;
                g00 += w * p * p;
                g10 += w * p * q;
                g11 += w * q * q;
                g20 += w * p * r;
                g21 += w * q * r;
                g22 += w * r * r;
            }
        }
        double[][] gram = {{g00, 0, 0}, {g10, g11, 0}, {g20, g21, g22}};
        return best(gram, new double[] {s0, s1, s2}, total);
    }

    private static NonNegativeLeastSquares best(double[][] gram, double[] sums, double total) {
        double[] factors = new double[sums.length];
        double explained = 0;
        for (int subset = 1; subset < 1 << sums.length; subset++) {
            double[] candidate = solve(gram, sums, subset);
            double gain = gain(candidate, sums);
            if (gain > explained) {
                explained = gain;
                factors = candidate;
            }
        }
        double[] means = new double[sums.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = sums[j] / total;
        }
        return new NonNegativeLeastSquares(factors, means, Math.max(0, 1 - explained / total));
    }

    /** What the factors explain of the targets' squares, or -1 if one is negative. */
    private static double gain(double[] candidate, double[] sums) {
        double gain = 0;
        for (int j = 0; j < candidate.length; j++) {
            if (!(candidate[j] >= 0)) {
                return -1;
            }
            gain += candidate[j] * sums[j];
        }
        return gain;
    }

    /** Gaussian elimination restricted to the subset; not a number where it is singular. */
    private static double[] solve(double[][] gram, double[] sums, int subset) {
        int n = sums.length;
        double[][] m = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            boolean active = (subset >> i & 1) == 1;
            for (int j = 0; j < n; j++) {
                boolean both = active && (subset >> j & 1) == 1;
                m[i][j] = both ? gram[Math.max(i, j)][Math.min(i, j)] : i == j ? 1 : 0;
            }
            m[i][n] = active ? sums[i] : 0;
        }
        for (int p = 0; p < n; p++) {
            for (int i = p + 1; i < n; i++) {
                double factor = m[i][p] / m[p][p];
                for (int j = p; j <= n; j++) {
                    m[i][j] -= factor * m[p][j];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double right = m[i][n];
            for (int j = i + 1; j < n; j++) {
                right -= m[i][j] * solution[j];
            }
            solution[i] = right / m[i][i];
        }
        return solution;
    }
}
