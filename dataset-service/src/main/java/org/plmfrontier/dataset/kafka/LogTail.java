package org.plmfrontier.dataset.kafka;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.topic.TokenBatch;

/** The last batch of a token log. */
final class LogTail {
    private LogTail() {}

    /**
     * Reads the end of a log.
     *
     * @return the last batch, empty for an empty log
     * @throws IllegalStateException where the end is corrupt or its index is not its offset
     */
    static Optional<TokenBatch> read(KafkaClients clients, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> reader = clients.reader()) {
            reader.assign(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            if (end == 0) {
                return Optional.empty();
            }
            reader.seek(partition, end - 1);
            for (ConsumerRecord<String, byte[]> last : reader.poll(clients.patience())) {
                return Optional.of(check(topic, last));
            }
        }
        throw new IllegalStateException("the end of " + topic + " could not be read within " + clients.patience());
    }

    private static TokenBatch check(String topic, ConsumerRecord<String, byte[]> last) {
        TokenBatch batch = TokenBatch.decode(RecordHeaders.map(last.headers()), last.value());
        if (batch.index() != last.offset()) {
            throw new IllegalStateException(topic + " holds index " + batch.index() + " at offset " + last.offset()
                    + "; it has gaps or doubles");
        }
        return batch;
    }
}
