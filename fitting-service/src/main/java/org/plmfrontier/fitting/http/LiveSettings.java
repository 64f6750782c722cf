package org.plmfrontier.fitting.http;

import java.time.Duration;

/**
 * How the live stream beats.
 *
 * @param tick how often a reader is told what is new
 * @param idleTicks after so many ticks without news an empty event keeps the connection open
 */
public record LiveSettings(Duration tick, int idleTicks) {
    public LiveSettings {
        if (!tick.isPositive()) {
            throw new IllegalArgumentException("tick must be positive, got " + tick);
        }
        if (idleTicks < 1) {
            throw new IllegalArgumentException("idleTicks must be positive, got " + idleTicks);
        }
    }
}
