package org.plmfrontier.fitting.http;

import java.time.Duration;

/**
 * How the live stream beats.
 *
 * @param tick how often a reader receives what is new
 * @param progressTick how often it receives new steps that are not committed
 * @param idleTicks after so many ticks without news an empty event keeps the connection open
 * @param streams most streams at once
 * @param streamsPerClient most streams at once to one address
 */
public record LiveSettings(Duration tick, Duration progressTick, int idleTicks, int streams, int streamsPerClient) {
    public LiveSettings {
        if (!tick.isPositive() || !progressTick.isPositive()) {
            throw new IllegalArgumentException(
                    "tick and progressTick must be positive, got " + tick + " and " + progressTick);
        }
        if (idleTicks < 1) {
            throw new IllegalArgumentException("idleTicks must be positive, got " + idleTicks);
        }
        if (streams < 1 || streamsPerClient < 1) {
            throw new IllegalArgumentException(
                    "streams and streamsPerClient must be positive, got " + streams + " and " + streamsPerClient);
        }
    }
}
