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
     * @param parts [n][parts]
     * @param weights [n]
     */
    public static NonNegativeLeastSquares of(double[][] parts, double[] weights) {
        int count = parts[0].length;
        double[][] gram = new double[count][count];
        double[] sums = new double[count];
        double total = 0;
        for (int i = 0; i < parts.length; i++) {
            double w = weights[i];
            total += w;
            for (int j = 0; j < count && w > 0; j++) {
                double weighted = w * parts[i][j];
                sums[j] += weighted;
                for (int k = 0; k <= j; k++) {
                    gram[j][k] += weighted * parts[i][k];
                }
            }
        }
        return best(gram, sums, total);
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
