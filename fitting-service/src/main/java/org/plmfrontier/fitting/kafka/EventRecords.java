package org.plmfrontier.fitting.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;

/** Kafka records to training events. */
final class EventRecords {
    private EventRecords() {}

    /**
     * The event of a record.
     *
     * @throws UndecodableException where the record is none, with the reason
     */
    static TrainingEvent decode(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        if (record.value() == null) {
            throw new UndecodableException("no value");
        }
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        return EventFormat.decode(headers, record.value());
    }
}
