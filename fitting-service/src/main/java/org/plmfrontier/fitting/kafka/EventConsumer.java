package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.ImportedNames;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.PublishedFits;
import org.plmfrontier.fitting.study.Refusal;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.StudyArchive;

/**
 * Takes training events in, one batch at a time: into memory, refused ones to the dead letters, the others into the
 * database together with the place in the log. A crash anywhere repeats the batch, and repeated events change nothing.
 */
@ApplicationScoped
public class EventConsumer {
    private static final Logger LOG = Logger.getLogger(EventConsumer.class);

    private final Studies studies;
    private final StudyArchive archive;
    private final ImportedNames names;
    private final RetryingStore store;
    private final DeadLetters deadLetters;
    private final EventCounters counters;
    private final PublishedFits published;

    public EventConsumer(
            Studies studies,
            StudyArchive archive,
            ImportedNames names,
            RetryingStore store,
            DeadLetters deadLetters,
            EventCounters counters,
            PublishedFits published) {
        this.published = published;
        this.studies = studies;
        this.archive = archive;
        this.names = names;
        this.store = store;
        this.deadLetters = deadLetters;
        this.counters = counters;
    }

    /**
     * Returns when all records are taken in.
     *
     * @param log identity of the log
     * @param readTo where to go on after the records
     */
    void consume(List<ConsumerRecord<String, byte[]>> batch, String log, Offsets readTo) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(batch.size());
        List<LoggedEvent> events = new ArrayList<>(batch.size());
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                events.add(EventRecords.decode(record));
                records.add(record);
            } catch (UndecodableException e) {
                refuse(record, String.valueOf(e.getMessage()));
            }
        }
        Set<String> received = studies.addedTo(events);
        store.retry(() -> names.giveWayTo(received));
        store.retry(() -> archive.reload(received));
        List<Refusal> refusals = studies.addLogged(events);
        refusals.forEach(refusal -> refuse(records.get(refusal.index()), refusal.reason()));
        for (int i = refusals.size() - 1; i >= 0; i--) {
            events.remove(refusals.get(i).index());
            records.remove(refusals.get(i).index());
        }
        forgetDeleted(events);
        keep(records, events, log, readTo);
        counters.received(batch.size());
    }

    /** Before the database is: what a crash between the two leaves undone is done when the batch comes again. */
    private void forgetDeleted(List<LoggedEvent> events) {
        events.stream()
                .map(LoggedEvent::event)
                .filter(RunDeleted.class::isInstance)
                .map(TrainingEvent::studyId)
                .distinct()
                .filter(study -> studies.find(study).isEmpty())
                .forEach(published::forget);
    }

    /** What the database refuses for itself is found one by one, so that the rest gets in. */
    private void keep(
            List<ConsumerRecord<String, byte[]>> records, List<LoggedEvent> events, String log, Offsets readTo) {
        try {
            store.keep(events, log, readTo);
        } catch (StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("the database refuses a batch, its events are tried one by one", e);
            for (int i = 0; i < events.size(); i++) {
                keepAlone(records.get(i), events.get(i), log);
            }
            store.keep(List.of(), log, readTo);
        }
    }

    private void keepAlone(ConsumerRecord<String, byte[]> record, LoggedEvent event, String log) {
        try {
            store.keep(List.of(event), log, Offsets.NONE);
        } catch (StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            refuse(record, "the database refuses it: " + e.getMessage());
        }
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        deadLetters.send(record, reason);
        counters.refused(1);
    }
}
