package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.fitting.study.EventLog;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;

/** The topic of training events, read again by a reader of its own that notes no place anywhere. Thread-safe. */
@ApplicationScoped
public class KafkaEventLog implements EventLog {
    private static final Duration POLL = Duration.ofMillis(500);

    private final EventTopic topic;
    private final ReadSettings settings;

    public KafkaEventLog(EventTopic topic, ReadSettings settings) {
        this.topic = topic;
        this.settings = settings;
    }

    @Override
    public void read(Offsets until, Consumer<List<LoggedEvent>> batches) {
        try (KafkaConsumer<String, byte[]> consumer = topic.reader(settings.batch(), Map.of())) {
            requireThere(consumer, until);
            List<TopicPartition> partitions =
                    until.next().keySet().stream().map(KafkaEventLog::partition).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + settings.stopping().toNanos();
            while (!partitions.stream().allMatch(one -> isRead(consumer, one, until))) {
                consumer.pause(partitions.stream()
                        .filter(one -> isRead(consumer, one, until))
                        .toList());
                List<LoggedEvent> events = poll(consumer, until);
                if (!events.isEmpty()) {
                    batches.accept(events);
                    deadline = System.nanoTime() + settings.stopping().toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the broker gives no further records of " + Topics.EVENTS);
                }
            }
        }
    }

    private static boolean isRead(KafkaConsumer<String, byte[]> consumer, TopicPartition partition, Offsets until) {
        return consumer.position(partition) >= until.of(partition.partition());
    }

    private static List<LoggedEvent> poll(KafkaConsumer<String, byte[]> consumer, Offsets until) {
        List<LoggedEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            if (record.offset() >= until.of(record.partition())) {
                continue;
            }
            try {
                events.add(EventRecords.decode(record));
            } catch (UndecodableException e) {
                // Such a record is in the dead letters and in no study.
            }
        }
        return events;
    }

    private static void requireThere(KafkaConsumer<String, byte[]> consumer, Offsets until) {
        List<TopicPartition> there = consumer.partitionsFor(Topics.EVENTS).stream()
                .map(info -> partition(info.partition()))
                .toList();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(there);
        Map<TopicPartition, Long> end = consumer.endOffsets(there);
        until.next().forEach((number, offset) -> {
            TopicPartition partition = partition(number);
            if (!end.containsKey(partition) || end.getOrDefault(partition, 0L) < offset) {
                throw new IllegalArgumentException("the log does not reach to offset " + offset + " of partition "
                        + number + ", it ends at " + end.getOrDefault(partition, 0L));
            }
            if (first.getOrDefault(partition, 0L) > 0) {
                throw new IllegalArgumentException("the log no longer holds the beginning of partition " + number);
            }
        });
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(Topics.EVENTS, number);
    }
}
