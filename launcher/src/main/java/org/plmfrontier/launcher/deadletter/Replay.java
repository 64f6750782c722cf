package org.plmfrontier.launcher.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to the topic that each came from. What was sent back and how far the dead letters are done is
 * one transaction, so a second call, or one after a crash, sends nothing twice. A letter that is not wanted now is put at
 * the end of the dead letters in the same transaction and waits there for another call. Of letters that are one and the same
 * record, dead-lettered by several of its readers, one call sends one back. Not thread-safe.
 */
public final class Replay implements AutoCloseable {
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String topic;
    private final String group;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;

    /** How many records were sent back, how many further letters were the same records, and how many letters were left. */
    public record Count(long sentBack, long same, long left) {}

    /**
     * A replay of a topic.
     *
     * @param connection bootstrap.servers and whatever else clients of this broker need
     */
    public Replay(String topic, Map<String, Object> connection) {
        this.topic = topic;
        group = "replay." + topic;
        Map<String, Object> reading = new HashMap<>(connection);
        reading.putAll(Map.of(
                "group.id",
                group,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                false,
                "max.poll.records",
                BATCH));
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> writing = new HashMap<>(connection);
        writing.put("transactional.id", group);
        producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Tells the letters that are there now and sends the wanted ones back.
     *
     * @param dry only list; nothing is sent and the place stays
     * @param observer receives each wanted letter, before it is sent
     * @throws IllegalArgumentException where there is no such topic, or a wanted letter does not say where it came from
     */
    public Count run(Predicate<DeadLetter> wanted, boolean dry, Consumer<DeadLetter> observer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("there is no topic " + topic);
        }
        if (!dry) {
            producer.initTransactions();
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        Set<String> originals = new HashSet<>();
        long same = 0;
        long left = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isAt(end)) {
            List<DeadLetter> letters = next(end);
            if (!letters.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker gives no further records of " + topic);
            }
            List<DeadLetter> kept = letters.stream().filter(wanted.negate()).toList();
            List<DeadLetter> back = letters.stream()
                    .filter(wanted)
                    .filter(letter -> originals.add(letter.original()))
                    .toList();
            back.forEach(observer);
            if (!dry && !letters.isEmpty()) {
                send(back, kept, end);
            }
            same += letters.size() - back.size() - kept.size();
            left += kept.size();
        }
        return new Count(originals.size(), same, left);
    }

    private boolean isAt(Map<TopicPartition, Long> end) {
        return end.entrySet().stream().allMatch(one -> consumer.position(one.getKey()) >= one.getValue());
    }

    /** Letters before the end; those that this very call put behind it are not read. */
    private List<DeadLetter> next(Map<TopicPartition, Long> end) {
        consumer.pause(end.entrySet().stream()
                .filter(one -> consumer.position(one.getKey()) >= one.getValue())
                .map(Map.Entry::getKey)
                .toList());
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        List<DeadLetter> letters = new ArrayList<>();
        records.forEach(record -> {
            long behind = end.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
            if (record.offset() < behind) {
                letters.add(new DeadLetter(record));
            }
        });
        return letters;
    }

    private void send(List<DeadLetter> back, List<DeadLetter> kept, Map<TopicPartition, Long> end) {
        producer.beginTransaction();
        try {
            back.forEach(letter -> producer.send(letter.sentBack()));
            kept.forEach(letter -> producer.send(letter.kept()));
            Map<TopicPartition, OffsetAndMetadata> done = end.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            one -> new OffsetAndMetadata(Math.min(consumer.position(one.getKey()), one.getValue()))));
            producer.sendOffsetsToTransaction(done, new ConsumerGroupMetadata(group));
            producer.commitTransaction();
        } catch (RuntimeException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
