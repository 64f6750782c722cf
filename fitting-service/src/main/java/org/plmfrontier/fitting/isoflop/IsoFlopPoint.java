package org.plmfrontier.fitting.isoflop;

import java.util.Objects;

/**
 * One model at a budget.
 *
 * @param run the run: its losses at several budgets are off together
 * @param parameters N
 * @param tokens D
 * @param lossNats nats per residue
 */
public record IsoFlopPoint(String run, double parameters, double tokens, double lossNats) {
    public IsoFlopPoint {
        Objects.requireNonNull(run, "run");
        if (!(parameters > 0 && tokens > 0 && lossNats > 0) || Double.isInfinite(parameters + tokens + lossNats)) {
            throw new IllegalArgumentException("parameters " + parameters + ", tokens " + tokens + " and lossNats "
                    + lossNats + " must be positive and finite");
        }
    }
}
