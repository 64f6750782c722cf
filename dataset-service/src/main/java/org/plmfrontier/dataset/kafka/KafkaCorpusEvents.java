package org.plmfrontier.dataset.kafka;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.corpus.BuildReport;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.ingest.CorpusEvent;
import org.plmfrontier.dataset.ingest.CorpusObserver;

/**
 * Tells on a compacted topic what becomes of corpora and how far their builds are. The order per corpus is that of the
 * calls, and no progress follows the end of a build. Nobody waits for the broker: what it does not take within the
 * producer's patience is logged, and each start publishes all states again. Thread-safe.
 */
public final class KafkaCorpusEvents implements CorpusObserver, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaCorpusEvents.class);

    private final Producer<String, byte[]> producer;
    private final InstantSource clock;
    private final Set<String> building = new HashSet<>();

    public KafkaCorpusEvents(KafkaClients clients, InstantSource clock) {
        this.producer = clients.singleRecordProducer();
        this.clock = clock;
    }

    @Override
    public synchronized void changed(Corpus corpus) {
        if (corpus.state() == CorpusState.INGESTING) {
            building.add(corpus.id());
        } else {
            building.remove(corpus.id());
        }
        send(corpus.id(), new CorpusEvent(corpus.id(), corpus.state(), corpus.error(), null, clock.instant()));
    }

    /** Tells how far builds are; those that are over by now are passed over. */
    public synchronized void progressed(Map<String, BuildReport> reports) {
        reports.forEach((id, report) -> {
            if (building.contains(id)) {
                send(id, new CorpusEvent(id, CorpusState.INGESTING, null, report, clock.instant()));
            }
        });
    }

    @Override
    public synchronized void deleted(String id) {
        building.remove(id);
        send(id, null);
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(String id, @Nullable CorpusEvent event) {
        byte[] value = event == null ? null : WireFormat.encode(event);
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(Topics.CORPUS_EVENTS, id, value), (metadata, exception) -> {
                    if (exception != null) {
                        LOG.errorf("an event of corpus %s was not published: %s", id, exception.getMessage());
                    }
                });
    }
}
