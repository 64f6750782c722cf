package org.plmfrontier.fitting.kafka;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.DeadLetterHeaders;

/**
 * Records that cannot be used, kept as they came with the reason and their origin in headers, so that they can be sent
 * again after a repair.
 */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final MutinyEmitter<byte[]> emitter;
    private final OwnTopics topics;

    public DeadLetters(@Channel("dead-letters") MutinyEmitter<byte[]> emitter, OwnTopics topics) {
        this.emitter = emitter;
        this.topics = topics;
    }

    /** Returns when the broker has the record. */
    void send(ConsumerRecord<String, byte[]> record, String reason) {
        topics.ensure(Topics.deadLetters(record.topic()));
        RecordHeaders headers = new RecordHeaders(record.headers().toArray());
        DeadLetterHeaders.of(reason, record.topic(), record.partition(), record.offset(), "fitting-service")
                .forEach(headers::add);
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(record.key())
                .withTopic(Topics.deadLetters(record.topic()))
                .withHeaders(headers)
                .build();
        byte[] value = record.value() == null ? new byte[0] : record.value();
        emitter.sendMessageAndAwait(Message.of(value).addMetadata(metadata));
        LOG.warnf(
                "dead letter: %s, partition %d, offset %d: %s",
                record.topic(), record.partition(), record.offset(), reason);
    }
}
