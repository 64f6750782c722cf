package org.plmfrontier.fitting.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.study.Offsets;

/**
 * Reads the topic of predictions into the book. The topic has one partition, which gives its records one order for all
 * instances. Not thread-safe.
 */
final class ForecastReader implements AutoCloseable {
    private static final TopicPartition ONLY = new TopicPartition(Topics.FORECASTS, 0);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer;
    private final PredictionBook book;

    ForecastReader(KafkaConsumer<String, byte[]> consumer, PredictionBook book) {
        this.consumer = consumer;
        this.book = book;
        consumer.assign(List.of(ONLY));
        if (end() < book.next()) {
            book.clear();
        }
        consumer.seek(ONLY, book.next());
    }

    /** Returns when all that the topic has now is in the book. */
    void readToEnd() {
        long end = end();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (consumer.position(ONLY) < end) {
            consumer.poll(POLL)
                    .forEach(record ->
                            book.add(record.offset(), record.value(), Instant.ofEpochMilli(record.timestamp())));
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker gives no further records of " + Topics.FORECASTS);
            }
        }
    }

    /** Where another topic ends now, committed records alone. */
    Offsets endOf(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        Map<Integer, Long> end = new TreeMap<>();
        consumer.endOffsets(partitions).forEach((partition, offset) -> end.put(partition.partition(), offset));
        return Offsets.NONE.with(end);
    }

    private long end() {
        return consumer.endOffsets(List.of(ONLY)).getOrDefault(ONLY, 0L);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
