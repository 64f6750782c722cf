package org.plmfrontier.fitting.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.StudyStore;

/** One connection to one log. Not thread-safe, but for {@link #wakeup()}. */
final class EventSession implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventSession.class);
    /** A batch comes from few answers of the broker, not from one each. */
    private static final int FETCH_BYTES = 4 << 20;

    private final Consumer<String, byte[]> consumer;
    private final String log;
    private final ReadSettings settings;
    private final KafkaClientMetrics metrics;

    EventSession(Consumer<String, byte[]> consumer, String log, ReadSettings settings, MeterRegistry registry) {
        this.consumer = consumer;
        this.log = log;
        this.settings = settings;
        metrics = new KafkaClientMetrics(consumer);
        metrics.bindTo(registry);
    }

    static Map<String, Object> consumerSettings(ReadSettings settings) {
        return Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.groupId(),
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                FETCH_BYTES);
    }

    /** Takes in one batch, if there are events. */
    void turn(EventConsumer events, StudyStore store, EventCounters counters) {
        takeNewPartitions(store);
        ConsumerRecords<String, byte[]> records = consumer.poll(settings.turn());
        counters.behind(lag() >= settings.batch());
        if (records.isEmpty()) {
            counters.readTo(place());
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> next = records.nextOffsets();
        Map<Integer, Long> readTo = new HashMap<>();
        next.forEach((partition, offset) -> readTo.put(partition.partition(), offset.offset()));
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(records.count());
        records.forEach(batch::add);
        events.consume(batch, log, Offsets.NONE.with(readTo));
        counters.readTo(place());
        consumer.commitAsync(next, (ignored, failure) -> {
            if (failure != null) {
                LOG.debug("the place was not noted for tools that show lags", failure);
            }
        });
    }

    /** Where the next record of each partition will be. */
    private Offsets place() {
        Map<Integer, Long> positions = new HashMap<>();
        consumer.assignment().forEach(one -> positions.put(one.partition(), consumer.position(one)));
        return Offsets.NONE.with(positions);
    }

    /** Records that are committed and not read yet, as far as the broker has reported. */
    private long lag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** Whether the topic is still there; one that was deleted, and perhaps made anew, is another log. */
    boolean isThere() {
        return !consumer.partitionsFor(Topics.EVENTS).isEmpty();
    }

    private void takeNewPartitions(StudyStore store) {
        Set<TopicPartition> all = new HashSet<>();
        for (PartitionInfo info : consumer.partitionsFor(Topics.EVENTS)) {
            all.add(new TopicPartition(info.topic(), info.partition()));
        }
        Set<TopicPartition> taken = consumer.assignment();
        if (taken.containsAll(all)) {
            return;
        }
        Set<TopicPartition> fresh = new HashSet<>(all);
        fresh.removeAll(taken);
        Offsets readTo = store.readTo(log);
        if (readTo.isEmpty()) {
            LOG.info("the database has nothing of this log: it is read from its beginning");
        }
        Map<TopicPartition, Long> first = consumer.beginningOffsets(fresh);
        Map<TopicPartition, Long> end = consumer.endOffsets(fresh);
        consumer.assign(all);
        for (TopicPartition partition : fresh) {
            consumer.seek(
                    partition,
                    start(
                            partition,
                            readTo.of(partition.partition()),
                            first.getOrDefault(partition, 0L),
                            end.getOrDefault(partition, Long.MAX_VALUE)));
        }
    }

    private static long start(TopicPartition partition, long wanted, long first, long end) {
        if (first <= wanted && wanted <= end) {
            return wanted;
        }
        LOG.warnf(
                "%s holds offsets %d to %d, the database has read to %d: what is there is read anew",
                partition, first, end, wanted);
        return first;
    }

    /** Why nothing can come. */
    Optional<String> notReadyReason() {
        double connections = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .map(Metric::metricValue)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sum();
        return connections > 0 ? Optional.empty() : Optional.of("no connection to the broker");
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        metrics.close();
        consumer.close();
    }
}
