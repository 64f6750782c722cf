package org.plmfrontier.dataset.kafka;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.ingest.TokenLog;

/**
 * A token log in a topic of one partition, where the offset is the index. What is there already is not written again.
 */
final class KafkaTokenLog implements TokenLog {
    private final KafkaClients clients;
    private final String topic;
    private final Producer<String, byte[]> producer;
    private final Optional<TokenBatch> found;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long next;
    private boolean begun;

    KafkaTokenLog(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
        this.found = LogTail.read(clients, topic);
        this.producer = clients.bulkProducer();
    }

    @Override
    public void append(TokenBatch batch) {
        if (batch.index() != next) {
            throw new IllegalStateException(topic + " expects index " + next + ", got " + batch.index());
        }
        next++;
        long last = found.map(TokenBatch::index).orElse(-1L);
        if (batch.index() > last) {
            send(batch);
        } else if (batch.index() == last
                && !Arrays.equals(batch.tokens(), found.orElseThrow().tokens())) {
            throw new IllegalStateException(
                    topic + " ends at index " + last + " with other tokens than these sources give");
        }
    }

    @Override
    public void finish(long records) {
        producer.flush();
        requireNoFailure();
        long held = LogTail.read(clients, topic).map(batch -> batch.index() + 1).orElse(0L);
        if (held != records) {
            throw new IllegalStateException(topic + " holds " + held + " batches, the corpus has " + records);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(TokenBatch batch) {
        requireNoFailure();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, 0, null, null, batch.tokens(), RecordHeaders.of(batch.headers()));
        Future<RecordMetadata> unused = producer.send(record, (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
        if (!begun) {
            // A leader just made may refuse the first request and take the second: out of order, until the first
            // one's time is up.
            begun = true;
            producer.flush();
            requireNoFailure();
        }
    }

    private void requireNoFailure() {
        Exception exception = failure.get();
        if (exception != null) {
            throw new IllegalStateException("cannot write to " + topic + ": " + exception.getMessage(), exception);
        }
    }
}
