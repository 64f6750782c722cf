package org.plmfrontier.dataset.kafka;

import org.apache.kafka.common.KafkaException;

/** A record that its checksum contradicts, or that is no record at all. */
final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1;

    private final long offset;
    private final String reason;

    UnreadableRecordException(long offset, KafkaException cause) {
        super("offset " + offset + ": " + cause.getMessage(), cause);
        this.offset = offset;
        this.reason = String.valueOf(cause.getMessage());
    }

    long offset() {
        return offset;
    }

    String reason() {
        return reason;
    }
}
