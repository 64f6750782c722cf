package org.plmfrontier.fitting.envelope;

/**
 * The best run at one amount of compute.
 *
 * @param computeFlops training FLOPs
 * @param lossNats its smoothed loss, the lowest of all runs that spent that much
 * @param runId the run
 * @param parameters its N
 * @param tokens the tokens it had seen
 */
public record EnvelopePoint(double computeFlops, double lossNats, String runId, double parameters, double tokens) {
    public EnvelopePoint {
        if (!(computeFlops > 0 && parameters > 0 && tokens > 0) || !Double.isFinite(lossNats)) {
            throw new IllegalArgumentException("envelope point of run " + runId + ": computeFlops " + computeFlops
                    + ", lossNats " + lossNats + ", parameters " + parameters + ", tokens " + tokens);
        }
    }
}
