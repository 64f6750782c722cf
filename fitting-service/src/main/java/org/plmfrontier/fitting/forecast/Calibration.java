package org.plmfrontier.fitting.forecast;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * What a law's past errors say of its claims: the variance that it claims is multiplied by {@code inflation}, and
 * {@code drift (ln k)^2} is added for a forecast at k times the compute of the data. Posterior means over a grid, under log-normal
 * priors of both factors of the standard deviation.
 *
 * @param inflation of the claimed variance
 * @param drift variance of ln L per squared e-fold of compute
 * @param evidence logarithm of how well the law predicted, per independent look
 * @param driftLength e-folds of tokens per parameter over which the drift is alike
 */
record Calibration(double inflation, double drift, double evidence, double driftLength) {
    private static final TDistribution ERRORS = new TDistribution(5);
    private static final int INFLATIONS = 13;
    private static final int DRIFTS = 16;

    /** Errors of cutoffs that share most of their data are worth about so many independent ones. */
    private static final double INDEPENDENT = 2;

    static Calibration of(List<PastError> errors, ForecastPrior prior) {
        double[] inflations = grid(0.25, 4, INFLATIONS);
        double[] drifts = grid(3e-4, 0.1, DRIFTS);
        double worth = errors.isEmpty() ? 0 : Math.min(1, INDEPENDENT / errors.size());
        double[] ln = new double[INFLATIONS * DRIFTS];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < INFLATIONS; i++) {
            for (int j = 0; j < DRIFTS; j++) {
                double a = Math.log(inflations[i] / prior.inflation()) / prior.inflationSpread();
                double b = Math.log(drifts[j] / prior.drift()) / prior.driftSpread();
                double value = -(a * a + b * b) / 2
                        + worth * likelihood(errors, inflations[i] * inflations[i], drifts[j] * drifts[j]);
                ln[i * DRIFTS + j] = value;
                most = Math.max(most, value);
            }
        }
        double sum = 0;
        double inflation = 0;
        double drift = 0;
        for (int i = 0; i < INFLATIONS; i++) {
            for (int j = 0; j < DRIFTS; j++) {
                double weight = Math.exp(ln[i * DRIFTS + j] - most);
                sum += weight;
                inflation += weight * inflations[i] * inflations[i];
                drift += weight * drifts[j] * drifts[j];
            }
        }
        double evidence =
                errors.isEmpty() ? 0 : likelihood(errors, inflation / sum, drift / sum) / Math.sqrt(errors.size());
        return new Calibration(inflation / sum, drift / sum, evidence, prior.driftLength());
    }

    /** Variance of ln L at so many e-folds beyond the data. */
    double variance(double claimed, double lnBeyond) {
        return covariance(claimed, lnBeyond, lnBeyond, 0);
    }

    /**
     * Covariance of the errors of ln L at two places.
     *
     * @param claimed by the law
     * @param lnBeyond e-folds of compute beyond the data, of one
     * @param otherBeyond and of the other
     * @param ratio e-folds of tokens per parameter between them
     */
    double covariance(double claimed, double lnBeyond, double otherBeyond, double ratio) {
        double apart = ratio / driftLength;
        return inflation * claimed
                + drift * Math.max(0, lnBeyond) * Math.max(0, otherBeyond) * Math.exp(-apart * apart / 2);
    }

    private static double likelihood(List<PastError> errors, double inflation, double drift) {
        double sum = 0;
        for (PastError error : errors) {
            double sd = Math.sqrt(inflation * error.variance() + drift * error.lnBeyond() * error.lnBeyond());
            sum += ERRORS.logDensity(error.error() / sd) - Math.log(sd);
        }
        return sum;
    }

    private static double[] grid(double low, double high, int count) {
        double[] grid = new double[count];
        for (int i = 0; i < count; i++) {
            grid[i] = low * Math.pow(high / low, (double) i / (count - 1));
        }
        return grid;
    }
}
