package org.plmfrontier.fitting.regression;

/**
 * {@code min sum w (sum_j f_j p_j - 1)^2} over non-negative factors f, for at most three parts: the minimum without the
 * bounds where it keeps them, else the best of all subsets of active factors, which is exact and for seven subsets quick.
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

    /** The same sums for three parts without inner loops. */
    private static NonNegativeLeastSquares ofThree(double[] parts, double[] weights) {
        double[] m = new double[moments(3)];
        for (int i = 0; i < weights.length; i++) {
            double w = weights[i];
            if (w > 0) {
                double p = parts[3 * i];
                double q = parts[3 * i + 1];
                double r = parts[3 * i + 2];
                m[0] += w;
                m[1] += w * p;
                m[2] += w * q;
                m[3] += w * r;
                m[4] += w * p * p;
                m[5] += w * q * p;
                m[6] += w * q * q;
                m[7] += w * r * p;
                m[8] += w * r * q;
                m[9] += w * r * r;
            }
        }
        return ofMoments(m, 3);
    }

    /** Sums that a fit of so many parts needs: 1, each part, each product of two. */
    public static int moments(int count) {
        return 1 + count + count * (count + 1) / 2;
    }

    /**
     * Solves from the moments of the parts p, q, r ...
     *
     * @param m [moments] weighted sums of 1, p, q, r ..., pp, pq, qq, pr, qr, rr ...
     * @param count number of parts
     */
    public static NonNegativeLeastSquares ofMoments(double[] m, int count) {
        double[][] gram = new double[count][count];
        double[] sums = new double[count];
        int k = 1 + count;
        for (int i = 0; i < count; i++) {
            sums[i] = m[1 + i];
            for (int j = 0; j <= i; j++) {
                gram[i][j] = m[k++];
            }
        }
        return best(gram, sums, m[0]);
    }

    private static NonNegativeLeastSquares best(double[][] gram, double[] sums, double total) {
        int all = (1 << sums.length) - 1;
        double[] factors = solve(gram, sums, all);
        double explained = gain(factors, sums);
        if (explained < 0) {
            factors = new double[sums.length];
            explained = 0;
        }
        for (int subset = explained > 0 ? all : 1; subset < all; subset++) {
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
