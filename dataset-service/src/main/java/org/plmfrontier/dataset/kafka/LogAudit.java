package org.plmfrontier.dataset.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.plmfrontier.contracts.topic.TokenLogAudit;

/** Reads a whole token log for its audit. */
final class LogAudit {
    private LogAudit() {}

    /** Audits a log; one that is not there is empty. */
    static TokenLogAudit.Report read(KafkaClients clients, KafkaTopics topics, String topic, TokenLogAudit audit) {
        if (!topics.exists(topic)) {
            return audit.report(0);
        }
        long at = -1;
        while (true) {
            try (Consumer<String, byte[]> reader = clients.reader()) {
                at = read(clients, reader, new TopicPartition(topic, 0), at, audit);
                return audit.report(at);
            } catch (UnreadableRecordException e) {
                audit.unreadable(e.offset(), e.reason());
                at = e.offset() + 1;
            }
        }
    }

    /**
     * Reads on to the end.
     *
     * @param from offset of the first record; -1 for the log's first
     * @return the end
     * @throws UnreadableRecordException at a record that the broker or the client calls corrupt; a consumer that met it gives
     *     nothing more
     */
    private static long read(
            KafkaClients clients,
            Consumer<String, byte[]> reader,
            TopicPartition partition,
            long from,
            TokenLogAudit audit)
            throws UnreadableRecordException {
        reader.assign(List.of(partition));
        long end = end(reader, partition);
        if (from < 0) {
            reader.seekToBeginning(List.of(partition));
        } else {
            reader.seek(partition, from);
        }
        while (reader.position(partition) < end) {
            ConsumerRecords<String, byte[]> records = poll(clients, reader, partition);
            if (records.isEmpty()) {
                throw new IllegalStateException(partition + " could not be read at offset " + reader.position(partition)
                        + " within " + clients.patience());
            }
            for (ConsumerRecord<String, byte[]> record : records) {
                audit.take(record.offset(), RecordHeaders.map(record.headers()), record.value());
            }
        }
        return end;
    }

    private static ConsumerRecords<String, byte[]> poll(
            KafkaClients clients, Consumer<String, byte[]> reader, TopicPartition partition)
            throws UnreadableRecordException {
        try {
            return reader.poll(clients.patience());
        } catch (ApiException | InterruptException | WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            throw new UnreadableRecordException(reader.position(partition), e);
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
