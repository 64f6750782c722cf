package org.plmfrontier.fitting.published;

import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * {@code L = E + a N^eta + b' D^eta} by least squares of L: for a given eta the others are linear, so a search over eta is left
 * (Gadre et al. 2024 fit five runs so; their b is {@code b' / 6^(eta/2)}).
 *
 * @param floor E
 * @param byParameters a
 * @param byTokens b'
 * @param eta negative
 * @param residualSquares at the minimum
 */
record OverTrainingFit(double floor, double byParameters, double byTokens, double eta, double residualSquares) {
    private static final double SLOWEST = -0.02;
    private static final double FASTEST = -1.5;
    private static final int GRID = 200;
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

    /** Fits; not identifiable with fewer than five losses or where N and D rise together. */
    public static FitOutcome<OverTrainingFit> of(double[] parameters, double[] tokens, double[] lossNats) {
        if (lossNats.length < 5) {
            return FitOutcome.notIdentifiable(
                    "the law has four parameters and needs five losses, there are " + lossNats.length);
        }
        double step = (FASTEST - SLOWEST) / GRID;
        double best = SLOWEST;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double squares =
                    at(SLOWEST + i * step, parameters, tokens, lossNats).residualSquares();
            if (squares < least) {
                least = squares;
                best = SLOWEST + i * step;
            }
        }
        double low = Math.max(FASTEST, best + step);
        double high = Math.min(SLOWEST, best - step);
        while (high - low > 1e-12) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            boolean lower = at(left, parameters, tokens, lossNats).residualSquares()
                    < at(right, parameters, tokens, lossNats).residualSquares();
            high = lower ? right : high;
            low = lower ? low : left;
        }
        OverTrainingFit fit = at(0.5 * (low + high), parameters, tokens, lossNats);
        return Double.isFinite(fit.residualSquares())
                ? FitOutcome.fitted(fit)
                : FitOutcome.notIdentifiable("N and D rise together, so their shares of the loss cannot be told apart");
    }

    private static OverTrainingFit at(double eta, double[] parameters, double[] tokens, double[] lossNats) {
        double[][] m = new double[3][4];
        double meanN = logMean(parameters);
        double meanD = logMean(tokens);
        double[][] rows = new double[lossNats.length][];
        for (int i = 0; i < lossNats.length; i++) {
            double n = Math.exp(eta * (Math.log(parameters[i]) - meanN));
            double d = Math.exp(eta * (Math.log(tokens[i]) - meanD));
            rows[i] = new double[] {1, n, d};
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    m[j][k] += rows[i][j] * rows[i][k];
                }
                m[j][3] += rows[i][j] * lossNats[i];
            }
        }
        double[] c = solved(m);
        double squares = 0;
        for (int i = 0; i < rows.length; i++) {
            double residual = lossNats[i] - c[0] - c[1] * rows[i][1] - c[2] * rows[i][2];
            squares += residual * residual;
        }
        boolean good = Double.isFinite(squares) && c[1] > 0 && c[2] > 0;
        return new OverTrainingFit(
                c[0],
                c[1] * Math.exp(-eta * meanN),
                c[2] * Math.exp(-eta * meanD),
                eta,
                good ? squares : Double.POSITIVE_INFINITY);
    }

    private static double logMean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.log(value) / values.length;
        }
        return sum;
    }

    private static double[] solved(double[][] m) {
        for (int p = 0; p < 3; p++) {
            for (int i = 0; i < 3; i++) {
                double factor = i == p ? 0 : m[i][p] / m[p][p];
                for (int j = p; j < 4 && i != p; j++) {
                    m[i][j] -= factor * m[p][j];
                }
            }
        }
        return new double[] {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
    }
}
