package org.plmfrontier.fitting.forecast;

/**
 * A run that might be trained.
 *
 * @param lnBeyond logarithm of its compute over the most that was trained
 */
record CandidateRun(double lnParameters, double lnTokens, double lnBeyond) {
    private static final double LN_SIX = Math.log(6);

    /** Logarithm of 6 N D. */
    double lnCompute() {
        return LN_SIX + lnParameters + lnTokens;
    }
}
