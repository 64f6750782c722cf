package org.plmfrontier.dataset.kafka;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.dataset.study.EventOddities;
import org.plmfrontier.dataset.study.ProgressBook;

/** Feeds committed training events to the progress book, a poll at a time. An offset is committed after its batch. */
@ApplicationScoped
public class TrainingEventConsumer {
    private static final Logger LOG = Logger.getLogger(TrainingEventConsumer.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

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
        applyWhenPossible(events);
    }

    /**
     * Applies the events, as often as it takes while the database does not answer. Meanwhile nothing more is taken
     * from the topic, since the channel hands out one batch at a time.
     */
    private void applyWhenPossible(List<TrainingEvent> events) {
        for (int failures = 0; ; failures++) {
            try {
                book.apply(events);
                if (failures > 0) {
                    LOG.infof("training events are applied again after %d attempts", failures);
                }
                return;
            } catch (RuntimeException e) {
                if (!comesFromDatabase(e)) {
                    throw e;
                }
                if (failures == 0) {
                    LOG.warnf("training events wait for the database: %s", e.getMessage());
                }
                pause(e);
            }
        }
    }

    private static boolean comesFromDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException || cause instanceof PersistenceException) {
                return true;
            }
        }
        return false;
    }

    private static void pause(RuntimeException failure) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
