package org.plmfrontier.fitting.kafka;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.fitting.study.LoggedEvent;

/** Kafka records to training events. */
final class EventRecords {
    private EventRecords() {}

    /**
     * The event of a record.
     *
     * @throws UndecodableException where the record is none, with the reason
     */
    static LoggedEvent decode(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        return new LoggedEvent(
                EventFormat.decode(
                        name -> header(record, name), record.value(), Instant.ofEpochMilli(record.timestamp())),
                record.partition(),
                record.offset());
    }

    private static byte @Nullable [] header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }
}
