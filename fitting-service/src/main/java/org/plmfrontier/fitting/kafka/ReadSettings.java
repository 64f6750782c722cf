package org.plmfrontier.fitting.kafka;

import java.time.Duration;

/**
 * How the log of training events is read.
 *
 * @param groupId under this group the place is noted for tools that show lags; nothing is read from it
 * @param batch most events of one turn, which are one transaction of the database
 * @param turn how long a turn waits for events; also how often partitions are looked for
 * @param stopping how long the turn in hand may take when the service stops
 */
public record ReadSettings(String groupId, int batch, Duration turn, Duration stopping) {
    public ReadSettings {
        if (groupId.isBlank()) {
            throw new IllegalArgumentException("groupId is blank");
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be positive, got " + batch);
        }
        if (!turn.isPositive() || !stopping.isPositive()) {
            throw new IllegalArgumentException("turn and stopping must be positive, got " + turn + " and " + stopping);
        }
    }
}
