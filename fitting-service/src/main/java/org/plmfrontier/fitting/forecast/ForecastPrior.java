package org.plmfrontier.fitting.forecast;

/**
 * What is believed of the laws' claims before a study has a past: log-normal priors of two factors of a standard deviation, and
 * how alike the errors of different models are.
 *
 * @param inflation median of the factor by which a claim is too narrow; below 1 where it is too wide
 * @param inflationSpread standard deviation of its logarithm
 * @param drift median of the law's error, ln L per e-fold of compute beyond the data
 * @param driftSpread standard deviation of its logarithm
 * @param driftLength over how many e-folds of tokens per parameter such an error is alike
 */
public record ForecastPrior(
        double inflation, double inflationSpread, double drift, double driftSpread, double driftLength) {
    /**
     * From backtests over public tables, each family of them left out in turn ({@code ForecastTable} and {@code DifferenceTable} in
     * benchmarks).
     */
    public static final ForecastPrior USUAL = new ForecastPrior(0.7, 0.4, 0.005, 0.8, 6);

    private static final int FEWEST_SIZES = 3;

    public ForecastPrior {
        if (!(inflation > 0 && inflationSpread > 0 && drift > 0 && driftSpread > 0 && driftLength > 0)) {
            throw new IllegalArgumentException("factors, spreads and length must be positive, got " + inflation + ", "
                    + inflationSpread + ", " + drift + ", " + driftSpread + ", " + driftLength);
        }
    }

    /**
     * What is believed of a study with so many sizes. Three fix how the loss falls with size exactly, so that its past says
     * nothing of claims that are too wide.
     */
    ForecastPrior withSizes(long sizes) {
        return sizes > FEWEST_SIZES || inflation >= 1 ? this : withMedians(1, drift);
    }

    /** The same spreads about other medians. */
    public ForecastPrior withMedians(double otherInflation, double otherDrift) {
        return new ForecastPrior(otherInflation, inflationSpread, otherDrift, driftSpread, driftLength);
    }

    /** The same factors where errors beyond the data are alike over another length. */
    public ForecastPrior withDriftLength(double otherLength) {
        return new ForecastPrior(inflation, inflationSpread, drift, driftSpread, otherLength);
    }
}
