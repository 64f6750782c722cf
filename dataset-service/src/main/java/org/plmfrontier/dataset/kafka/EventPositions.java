package org.plmfrontier.dataset.kafka;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.dataset.study.LogPosition;
import org.plmfrontier.dataset.study.StudyStore;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.StartupSequence;

/**
 * Where in the log of training events this service reads on: where its database says, whatever offsets the broker keeps. A
 * database that was set back is brought up to date by this, one that is empty by the whole log. Thread-safe.
 */
@ApplicationScoped
@Identifier("training-events")
public class EventPositions implements KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(EventPositions.class);

    private final StudyStore store;
    private final KafkaTopics topics;
    private final StartupSequence startup;
    private final Patience patience;
    private final Map<Integer, Long> next = new ConcurrentHashMap<>();
    private volatile String log = "";

    public EventPositions(StudyStore store, KafkaTopics topics, StartupSequence startup, Backoff backoff) {
        this.store = store;
        this.topics = topics;
        this.startup = startup;
        this.patience = new Patience(backoff);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            startup.await();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        patience.untilDone("places in the log of training events", () -> seek(consumer, partitions));
    }

    private void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        log = topics.id(Topics.EVENTS);
        LogPosition readTo = store.readTo(log);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long wanted = readTo.next().getOrDefault(partition.partition(), 0L);
            long least = first.getOrDefault(partition, 0L);
            boolean there = least <= wanted && wanted <= end.getOrDefault(partition, Long.MAX_VALUE);
            if (!there && wanted > 0) {
                LOG.warnf(
                        "%s does not hold offset %d, to which the database has read: it is read anew",
                        partition, wanted);
            }
            consumer.seek(partition, there ? wanted : least);
            next.remove(partition.partition());
        }
    }

    /** Where the log goes on behind a batch. */
    LogPosition behind(ConsumerRecords<String, byte[]> records) {
        Map<Integer, Long> behind = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.offset() < next.getOrDefault(record.partition(), 0L)) {
                log = topics.id(Topics.EVENTS);
            }
            next.put(record.partition(), record.offset() + 1);
            behind.put(record.partition(), record.offset() + 1);
        }
        return new LogPosition(log, behind);
    }
}
