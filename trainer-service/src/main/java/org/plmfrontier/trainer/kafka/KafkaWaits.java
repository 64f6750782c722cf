package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import org.plmfrontier.runtime.retry.Backoff;

/**
 * How long the trainer waits for the broker.
 *
 * @param call until a call has failed; it is tried again after a pause
 * @param transaction until the broker ends a transaction that a killed trainer left open; readers wait no longer
 * @param tokenLog until a job is given up whose token log is damaged or not there; it may be mended meanwhile
 * @param retries how long tries that fail count as movement; a process that does nothing else for longer is not live
 * @param backoff between tries, of which there is no last while the partition is owned
 */
public record KafkaWaits(Duration call, Duration transaction, Duration tokenLog, Duration retries, Backoff backoff) {
    public KafkaWaits {
        requirePositive(call, "call");
        requirePositive(transaction, "transaction");
        requirePositive(tokenLog, "tokenLog");
        requirePositive(retries, "retries");
    }

    private static void requirePositive(Duration duration, String field) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(field + " must be positive, got " + duration);
        }
    }
}
