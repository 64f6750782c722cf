package org.plmfrontier.launcher.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.plmfrontier.fitting.study.Offsets;

/** Committed records of one topic between offsets, without a group. Not thread-safe. */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int BATCH = 8_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final String topic;
    private final Map<String, Object> connection;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public TopicReader(String topic, Map<String, Object> connection) {
        this(topic, connection, BATCH);
    }

    /** @param batch most records at once */
    TopicReader(String topic, Map<String, Object> connection, int batch) {
        this.topic = topic;
        this.connection = connection;
        Map<String, Object> reading = new HashMap<>(connection);
        reading.putAll(Map.of(
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "none",
                "allow.auto.create.topics",
                false,
                "max.poll.records",
                batch));
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Id of the topic; empty where there is none. */
    public Optional<String> id() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().removeIf(key -> !AdminClientConfig.configNames().contains(key));
        try (Admin admin = Admin.create(settings)) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .map(known -> known.topicId().toString())
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new IllegalStateException("the broker does not describe " + topic + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for the topic " + topic, e);
        }
    }

    /** First offsets that are there. */
    public Offsets beginning() {
        return offsets(consumer.beginningOffsets(partitions()));
    }

    /** Offsets after the last committed records. */
    public Offsets end() {
        return offsets(consumer.endOffsets(partitions()));
    }

    /**
     * Passes on the records of the partitions that {@code until} names, each partition in its order.
     *
     * @throws IllegalStateException where the broker gives no further records
     */
    public void read(Offsets from, Offsets until, Consumer<List<ConsumerRecord<byte[], byte[]>>> batches) {
        List<TopicPartition> partitions = until.next().keySet().stream()
                .map(number -> new TopicPartition(topic, number))
                .toList();
        consumer.assign(partitions);
        // Those of an earlier call that were paused stay paused where they are assigned again.
        consumer.resume(partitions);
        partitions.forEach(one -> consumer.seek(one, from.of(one.partition())));
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!partitions.stream().allMatch(one -> isRead(one, until))) {
            consumer.pause(partitions.stream().filter(one -> isRead(one, until)).toList());
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(record -> {
                if (record.offset() < until.of(record.partition())) {
                    records.add(record);
                }
            });
            if (!records.isEmpty()) {
                batches.accept(records);
                deadline = System.nanoTime() + LONGEST.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker gives no further records of " + topic);
            }
        }
    }

    private boolean isRead(TopicPartition partition, Offsets until) {
        return consumer.position(partition) >= until.of(partition.partition());
    }

    private List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static Offsets offsets(Map<TopicPartition, Long> places) {
        Map<Integer, Long> byNumber = new HashMap<>();
        places.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
        return Offsets.NONE.with(byNumber);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
