package org.plmfrontier.fitting.isoflop;

import java.util.Arrays;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * {@code loss = bottom + curvature (ln N - vertex)^2} by least squares.
 *
 * @param lnVertex ln of the best N
 * @param bottom loss there, nats
 * @param curvature nats per squared e-fold of N, positive
 * @param residualSquares nats squared
 */
record Parabola(double lnVertex, double bottom, double curvature, double residualSquares) {

    /**
     * Fits.
     *
     * @param lnN [n]
     * @param loss [n]
     */
    static FitOutcome<Parabola> through(double[] lnN, double[] loss) {
        int n = lnN.length;
        double mean = Arrays.stream(lnN).average().orElse(0);
        double[][] m = new double[3][4];
        for (int i = 0; i < n; i++) {
            double x = lnN[i] - mean;
            double[] row = {1, x, x * x};
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    m[j][k] += row[j] * row[k];
                }
                m[j][3] += row[j] * loss[i];
            }
        }
        double[] c = solved(m);
        if (!(c[2] > 0)) {
            return FitOutcome.notIdentifiable("the parabola over ln N opens downwards or is not determined");
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double x = lnN[i] - mean;
            double residual = loss[i] - c[0] - c[1] * x - c[2] * x * x;
            squares += residual * residual;
        }
        double shift = -c[1] / (2 * c[2]);
        return FitOutcome.fitted(new Parabola(mean + shift, c[0] - c[2] * shift * shift, c[2], squares));
    }

    private static double[] solved(double[][] m) {
        for (int p = 0; p < 3; p++) {
            for (int i = 0; i < 3; i++) {
                if (i != p) {
                    double factor = m[i][p] / m[p][p];
                    for (int j = p; j < 4; j++) {
                        m[i][j] -= factor * m[p][j];
                    }
                }
            }
        }
        return new double[] {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
    }
}
