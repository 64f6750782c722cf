package org.plmfrontier.trainer.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
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

    /** The record for the dead-letter topic, under the header names that SmallRye uses. */
    ProducerRecord<String, byte[]> deadLetter(String reason) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.deadLetters(partition.topic()), null, key, value);
        header(letter, "dead-letter-reason", reason);
        header(letter, "dead-letter-topic", partition.topic());
        header(letter, "dead-letter-partition", Integer.toString(partition.partition()));
        header(letter, "dead-letter-offset", Long.toString(offset));
        return letter;
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
