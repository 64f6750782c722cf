package org.plmfrontier.trainer.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.DeadLetterHeaders;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;

/**
 * A record of the jobs topic as it was polled.
 *
 * @param generation of the consumer group at that moment
 */
record JobRecord(
        TopicPartition partition,
        long offset,
        int generation,
        @Nullable String key,
        byte @Nullable [] value) {

    BatchJob decode() throws UndecodableException {
        if (value == null) {
            throw new UndecodableException("no BatchJob: the record has no value");
        }
        return WireFormat.decode(value, BatchJob.class);
    }

    /** The record for the dead-letter topic. */
    ProducerRecord<String, byte[]> deadLetter(String reason) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.deadLetters(partition.topic()), null, key, value);
        DeadLetterHeaders.of(reason, partition.topic(), partition.partition(), offset, "trainer-service")
                .forEach(letter.headers()::add);
        return letter;
    }
}
