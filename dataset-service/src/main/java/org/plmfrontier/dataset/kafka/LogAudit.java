package org.plmfrontier.dataset.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.topic.TokenLogAudit;

/** Reads a whole token log for its audit. */
final class LogAudit {
    private LogAudit() {}

    /** Audits a log; one that is not there is empty. */
    static TokenLogAudit.Report read(KafkaClients clients, KafkaTopics topics, String topic, String corpusId) {
        TokenLogAudit audit = new TokenLogAudit(corpusId);
        if (!topics.exists(topic)) {
            return audit.report(0);
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> reader = clients.reader()) {
            reader.assign(List.of(partition));
            long end = end(reader, partition);
            reader.seekToBeginning(List.of(partition));
            while (reader.position(partition) < end) {
                ConsumerRecords<String, byte[]> records = reader.poll(clients.patience());
                if (records.isEmpty()) {
                    throw new IllegalStateException(topic + " could not be read at offset " + reader.position(partition)
                            + " within " + clients.patience());
                }
                for (ConsumerRecord<String, byte[]> record : records) {
                    audit.take(record.offset(), RecordHeaders.map(record.headers()), record.value());
                }
            }
            return audit.report(end);
        }
    }

    /** How many records a log has from offset 0 on; 0 where its beginning is gone. */
    static long records(KafkaClients clients, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> reader = clients.reader()) {
            reader.assign(List.of(partition));
            long begin = reader.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            return begin > 0 ? 0 : end(reader, partition);
        }
    }

    private static long end(Consumer<String, byte[]> reader, TopicPartition partition) {
        return reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
}
