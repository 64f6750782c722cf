package org.plmfrontier.dataset.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.DeadLetterHeaders;

/**
 * Records that cannot be used, kept as they came with the reason, their origin and who could not use them in headers, so
 * that they can be sent again after a repair. Thread-safe.
 */
public final class DeadLetters implements AutoCloseable {
    private final Producer<String, byte[]> producer;

    public DeadLetters(KafkaClients clients) {
        this.producer = clients.singleRecordProducer();
    }

    /**
     * Returns when the broker has the record.
     *
     * @throws KafkaException where it does not take it
     */
    void send(ConsumerRecord<String, byte[]> record, String reason) {
        RecordHeaders headers = new RecordHeaders(record.headers().toArray());
        DeadLetterHeaders.of(reason, record.topic(), record.partition(), record.offset(), "dataset-service")
                .forEach(headers::add);
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.deadLetters(record.topic()), null, record.key(), record.value(), headers);
        try {
            producer.send(letter).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
