package org.plmfrontier.fitting.isoflop;

/**
 * One model at a budget.
 *
 * @param parameters N
 * @param tokens D
 * @param lossNats nats per residue
 */
public record IsoFlopPoint(double parameters, double tokens, double lossNats) {
    public IsoFlopPoint {
        if (!(parameters > 0 && tokens > 0 && lossNats > 0) || Double.isInfinite(parameters + tokens + lossNats)) {
            throw new IllegalArgumentException("parameters " + parameters + ", tokens " + tokens + " and lossNats "
                    + lossNats + " must be positive and finite");
        }
    }
}
