package org.plmfrontier.fitting.kafka;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.fitting.study.Refusal;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Tally;

/**
 * Takes training events in, one poll at a time: into memory, refused ones to the dead letters, the others into the
 * database, and only then is the poll acknowledged. A crash anywhere repeats the poll, and repeated events change
 * nothing.
 */
@ApplicationScoped
public class EventConsumer {
    private final Studies studies;
    private final PatientStore store;
    private final DeadLetters deadLetters;
    private final Tally tally;

    public EventConsumer(Studies studies, PatientStore store, DeadLetters deadLetters, Tally tally) {
        this.studies = studies;
        this.store = store;
        this.deadLetters = deadLetters;
        this.tally = tally;
    }

    @Incoming("training-events")
    @Blocking
    public void consume(ConsumerRecords<String, byte[]> poll) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(poll.count());
        List<TrainingEvent> events = new ArrayList<>(poll.count());
        for (ConsumerRecord<String, byte[]> record : poll) {
            try {
                events.add(EventRecords.decode(record));
                records.add(record);
            } catch (UndecodableException e) {
                refuse(record, String.valueOf(e.getMessage()));
            }
        }
        List<Refusal> refusals = studies.add(events);
        refusals.forEach(refusal -> refuse(records.get(refusal.index()), refusal.reason()));
        store.keep(without(events, refusals));
        tally.received(poll.count());
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        deadLetters.send(record, reason);
        tally.refused(1);
    }

    private static List<TrainingEvent> without(List<TrainingEvent> events, List<Refusal> refusals) {
        List<TrainingEvent> accepted = new ArrayList<>(events);
        for (int i = refusals.size() - 1; i >= 0; i--) {
            accepted.remove(refusals.get(i).index());
        }
        return accepted;
    }
}
