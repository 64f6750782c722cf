package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import org.plmfrontier.contracts.retry.Pauses;

/**
 * How long the trainer waits for the broker.
 *
 * @param call until a call has failed; it is tried again after a pause
 * @param transaction until the broker ends a transaction that a killed trainer left open; readers wait no longer
 * @param pauses between tries, of which there is no last while the partition is owned
 */
public record KafkaWaits(Duration call, Duration transaction, Pauses pauses) {
    public KafkaWaits {
        requirePositive(call, "call");
        requirePositive(transaction, "transaction");
    }

    private static void requirePositive(Duration duration, String field) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(field + " must be positive, got " + duration);
        }
    }
}
