package org.plmfrontier.fitting.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.progress.Progress;
import org.plmfrontier.fitting.progress.ProgressCounters;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * Follows training-progress on one own thread, from its end: what was said before is committed by now or of no interest. It
 * takes every partition, joins no group and notes no place. What cannot be decoded is counted and passed over; nobody would
 * send it again. Thread-safe.
 */
@ApplicationScoped
public class ProgressReader {
    private static final Logger LOG = Logger.getLogger(ProgressReader.class);

    private static final Duration POLL = Duration.ofMillis(200);
    /** Time between two looks for what is too old and for new partitions. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Map<String, Object> connection;
    private final Progress progress;
    private final ProgressCounters counters;
    private final ReadSettings settings;
    private final Backoff backoff;
    private final Thread thread = new Thread(this::run, "progress");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte[]> open;

    public ProgressReader(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            Progress progress,
            ProgressCounters counters,
            ReadSettings settings,
            Backoff backoff) {
        this.connection = connection;
        this.progress = progress;
        this.counters = counters;
        this.settings = settings;
        this.backoff = backoff;
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Ends after the records in hand. */
    public void stop() throws InterruptedException {
        stopping.countDown();
        KafkaConsumer<String, byte[]> consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (thread.isAlive() && !thread.join(settings.stopping())) {
            thread.interrupt();
        }
    }

    /** Whether the thread is there no more; it ends only with the service. */
    boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    private void run() {
        int failures = 0;
        while (stopping.getCount() > 0) {
            long before = progress.steps();
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                open = consumer;
                follow(consumer);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("the reader of provisional steps is woken up", e);
            } catch (RuntimeException e) {
                failures = progress.steps() > before ? 1 : failures + 1;
                Duration pause = backoff.after(failures, ThreadLocalRandom.current());
                LOG.warnf(
                        "reading %s failed, next try in %d ms: %s",
                        Topics.PROGRESS, pause.toMillis(), FailureSentence.of(e));
                rest(pause);
            } finally {
                open = null;
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        boolean fromTheEnd = true;
        long due = System.nanoTime();
        while (stopping.getCount() > 0) {
            if (System.nanoTime() >= due) {
                progress.sweep();
                takeNewPartitions(consumer, fromTheEnd);
                fromTheEnd = false;
                due = System.nanoTime() + ROUND.toNanos();
            }
            if (consumer.assignment().isEmpty()) {
                rest(POLL);
            } else {
                consumer.poll(POLL).forEach(this::take);
                counters.lag(lag(consumer));
            }
        }
    }

    /** Partitions that were not there at the first look are read from their beginning: they are new. */
    private static void takeNewPartitions(KafkaConsumer<String, byte[]> consumer, boolean fromTheEnd) {
        Set<TopicPartition> all = new HashSet<>();
        consumer.partitionsFor(Topics.PROGRESS)
                .forEach(info -> all.add(new TopicPartition(info.topic(), info.partition())));
        Set<TopicPartition> fresh = new HashSet<>(all);
        fresh.removeAll(consumer.assignment());
        if (fresh.isEmpty()) {
            return;
        }
        consumer.assign(all);
        seek(consumer, fresh, fromTheEnd);
    }

    private static void seek(
            KafkaConsumer<String, byte[]> consumer, Collection<TopicPartition> fresh, boolean fromTheEnd) {
        if (fromTheEnd) {
            consumer.seekToEnd(fresh);
        } else {
            consumer.seekToBeginning(fresh);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.value() == null) {
                throw new UndecodableException("no value");
            }
            progress.add(WireFormat.decode(record.value(), ProvisionalSteps.class));
        } catch (UndecodableException e) {
            counters.undecodable();
            LOG.debugf(
                    "passing over %s, partition %d, offset %d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private static long lag(KafkaConsumer<String, byte[]> consumer) {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> wanted = new HashMap<>(connection);
        wanted.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
        wanted.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        wanted.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        wanted.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(wanted, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void rest(Duration pause) {
        try {
            stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
