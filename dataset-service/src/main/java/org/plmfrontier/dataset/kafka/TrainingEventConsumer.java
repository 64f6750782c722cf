package org.plmfrontier.dataset.kafka;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.dataset.study.EventOddities;
import org.plmfrontier.dataset.study.ProgressBook;

/** Feeds committed training events to the progress book, a poll at a time. An offset is committed after its batch. */
@ApplicationScoped
public class TrainingEventConsumer {
    private final ProgressBook book;
    private final EventOddities oddities;

    public TrainingEventConsumer(ProgressBook book, EventOddities oddities) {
        this.book = book;
        this.oddities = oddities;
    }

    @Incoming("training-events")
    @Blocking
    public void take(ConsumerRecords<String, byte[]> records) {
        List<TrainingEvent> events = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                events.add(EventFormat.decode(RecordHeaders.map(record.headers()), record.value()));
            } catch (UndecodableException e) {
                String place = record.topic() + "-" + record.partition() + "@" + record.offset();
                oddities.undecodable(place, String.valueOf(e.getMessage()));
            }
        }
        book.apply(events);
    }
}
