package org.plmfrontier.dataset.kafka;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.dataset.study.EventOddities;
import org.plmfrontier.dataset.study.LogPosition;
import org.plmfrontier.dataset.study.ProgressBook;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.StartupSequence;

/**
 * Feeds committed training events to the progress book, a poll at a time. How far the log is read stands in the database,
 * with what it changed; the offset that is committed to the broker after each batch is for tools that show lags. Records that
 * are no events go to the dead letters. Nothing is taken before the service has begun.
 */
@ApplicationScoped
public class TrainingEventConsumer {
    private final ProgressBook book;
    private final EventOddities oddities;
    private final DeadLetters letters;
    private final StartupSequence startup;
    private final EventPositions positions;
    private final Patience patience;

    public TrainingEventConsumer(
            ProgressBook book,
            EventOddities oddities,
            DeadLetters letters,
            StartupSequence startup,
            @Identifier("training-events") EventPositions positions,
            Backoff backoff) {
        this.positions = positions;
        this.patience = new Patience(backoff);
        this.book = book;
        this.oddities = oddities;
        this.letters = letters;
        this.startup = startup;
    }

    @Incoming("training-events")
    @Blocking
    public void take(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        startup.await();
        List<TrainingEvent> events = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                events.add(EventFormat.decode(
                        RecordHeaders.map(record.headers())::get,
                        record.value(),
                        Instant.ofEpochMilli(record.timestamp())));
            } catch (UndecodableException e) {
                deadLetter(record, String.valueOf(e.getMessage()));
            }
        }
        LogPosition readTo = positions.behind(records);
        patience.untilDone("training events", () -> book.apply(events, readTo));
    }

    private void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        patience.untilDone("dead letters", () -> letters.send(record, reason));
        oddities.undecodable(record.topic() + "-" + record.partition() + "@" + record.offset(), reason);
    }
}
