package org.plmfrontier.dataset.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.dataset.study.LogPosition;

/** Creates the topics that this service answers for. Thread-safe. */
public final class KafkaTopics {
    /** Largest record of a token log, bytes. */
    public static final int MAX_RECORD_BYTES = 4 << 20;

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Map<String, String> KEPT = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
    private static final Map<String, String> TOKEN_LOG = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES));
    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    /** Deleted after ten minutes of the broker's time, whatever trainers' clocks say; segments must end for that. */
    private static final Map<String, String> PROVISIONAL = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG, "600000",
            TopicConfig.SEGMENT_MS_CONFIG, "300000",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

    private final Admin admin;
    private final int jobPartitions;
    private final int eventPartitions;
    private final short replication;
    private final Duration knownWithin;

    /**
     * @param jobPartitions partitions of jobs and checkpoints: the most trainers there can ever be
     * @param eventPartitions partitions of training events and of training progress
     * @param replication replicas of each partition
     * @param knownWithin how long a new topic may take until every broker knows it
     */
    public KafkaTopics(Admin admin, int jobPartitions, int eventPartitions, short replication, Duration knownWithin) {
        this.admin = admin;
        this.jobPartitions = jobPartitions;
        this.eventPartitions = eventPartitions;
        this.replication = replication;
        this.knownWithin = knownWithin;
    }

    /** Creates the topics that all services share, where absent. Checkpoints get as many partitions as jobs have. */
    public void ensureShared() {
        ensure(Topics.JOBS, jobPartitions, KEPT);
        ensure(Topics.CHECKPOINTS, partitions(Topics.JOBS), COMPACTED);
        ensure(Topics.EVENTS, eventPartitions, KEPT);
        ensure(Topics.PROGRESS, eventPartitions, PROVISIONAL);
        ensure(Topics.COMMANDS, 1, COMPACTED);
        ensure(Topics.CORPUS_EVENTS, 1, COMPACTED);
        ensure(Topics.EVALUATION_JOBS, jobPartitions, KEPT);
        for (String source : List.of(Topics.JOBS, Topics.EVENTS, Topics.COMMANDS, Topics.EVALUATION_JOBS)) {
            ensure(Topics.deadLetters(source), 1, KEPT);
        }
    }

    /** Creates a token log's topic where absent: one partition, kept until the corpus is deleted. */
    public void ensureTokenLog(String topic) {
        ensure(topic, 1, TOKEN_LOG);
    }

    /**
     * Deletes a topic, where it is, and waits until it is gone: it can be made anew then.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException where it is still there after a while
     */
    public void delete(String topic) {
        try {
            await(admin.deleteTopics(List.of(topic)).all());
        } catch (UnknownTopicOrPartitionException e) {
            return;
        }
        Instant deadline = Instant.now().plus(knownWithin);
        while (exists(topic)) {
            if (Instant.now().isAfter(deadline)) {
                throw new TimeoutException(topic + " is still there " + knownWithin + " after its deletion");
            }
            pause();
        }
    }

    /** Topics whose names begin so. */
    public List<String> named(String prefix) {
        return await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** Whether there is such a topic. */
    public boolean exists(String topic) {
        return await(admin.listTopics().names()).contains(topic);
    }

    /**
     * Partitions that a topic really has. A topic that was just created is not yet known to every broker; it is asked for
     * again for a while.
     *
     * @throws UnknownTopicOrPartitionException where there is no such topic
     */
    public int partitions(String topic) {
        Instant deadline = Instant.now().plus(knownWithin);
        while (true) {
            try {
                return description(topic).partitions().size();
            } catch (UnknownTopicOrPartitionException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
                pause();
            }
        }
    }

    /**
     * A topic's own id; one that was deleted and made anew has another.
     *
     * @throws UnknownTopicOrPartitionException where there is no such topic
     */
    public String id(String topic) {
        return description(topic).topicId().toString();
    }

    /**
     * How far a topic is written.
     *
     * @throws UnknownTopicOrPartitionException where there is no such topic
     */
    public LogPosition ends(String topic) {
        TopicDescription description = description(topic);
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        description
                .partitions()
                .forEach(
                        partition -> wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        Map<Integer, Long> next = new HashMap<>();
        await(admin.listOffsets(wanted).all())
                .forEach((partition, end) -> next.put(partition.partition(), end.offset()));
        return new LogPosition(description.topicId().toString(), next);
    }

    /** How far a group has consumed a topic, by partition; partitions of which it has committed nothing are absent. */
    Map<Integer, Long> consumed(String group, String topic) {
        Map<Integer, Long> consumed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(topic) && offset != null) {
                        consumed.put(partition.partition(), offset.offset());
                    }
                });
        return consumed;
    }

    private TopicDescription description(String topic) {
        return Objects.requireNonNull(
                await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic), topic);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void ensure(String topic, int partitions, Map<String, String> config) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.of(replication)).configs(config);
        try {
            await(admin.createTopics(List.of(wanted)).all());
        } catch (TopicExistsException e) {
            return;
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
