package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.trainer.slice.PublishedRun;

/**
 * Reads from the events how far a run is. It goes through all of the topic, whose partitions may have become more since the run
 * began: for runs whose pointer is lost.
 */
final class PublishedEvents {
    private static final Logger LOG = Logger.getLogger(PublishedEvents.class);
    private static final int MAX_POLL_RECORDS = 5000;

    private final KafkaSettings settings;

    PublishedEvents(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * How far a run is; {@link PublishedRun#NOTHING} where there are no events of it. The end is taken from all that is
     * written, as for the pointers.
     *
     * @param progress called after each poll that brought something
     * @throws TimeoutException where nothing can be read for as long as a call may take
     */
    PublishedRun of(String runId, Runnable progress) {
        PublishedRun run = PublishedRun.NOTHING;
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings.reader("read_committed", MAX_POLL_RECORDS))) {
            Map<TopicPartition, Long> ends = ends();
            List<TopicPartition> left = new ArrayList<>(ends.keySet());
            consumer.assign(left);
            consumer.seekToBeginning(left);
            Instant moved = Instant.now();
            long position = -1;
            while (!left.isEmpty()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
                for (ConsumerRecord<String, byte[]> record : records) {
                    run = runId.equals(record.key()) ? after(run, record) : run;
                }
                left.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                long now = ends.keySet().stream().mapToLong(consumer::position).sum();
                if (now > position) {
                    position = now;
                    moved = Instant.now();
                    progress.run();
                } else if (moved.plus(settings.waits().call()).isBefore(Instant.now())) {
                    throw new TimeoutException("records of " + left + " up to " + ends + " are not readable yet");
                }
            }
        }
        LOG.infof(
                "no pointer of run %s is known; by its events it is at step %d, %s",
                runId, run.step() == null ? 0 : run.step().step(), run.state());
        return run;
    }

    /** Whoever follows the events skips what cannot be read, too. */
    private static PublishedRun after(PublishedRun run, ConsumerRecord<String, byte[]> record) {
        try {
            return run.after(EventFormat.decode(
                    name -> header(record, name), record.value(), Instant.ofEpochMilli(record.timestamp())));
        } catch (UndecodableException e) {
            LOG.warnf(
                    "skipping record %d of %s-%d: %s",
                    record.offset(), record.topic(), record.partition(), e.getMessage());
            return run;
        }
    }

    private static byte @Nullable [] header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.reader("read_uncommitted", 1))) {
            List<PartitionInfo> found = consumer.listTopics().getOrDefault(Topics.EVENTS, List.of());
            return consumer.endOffsets(IntStream.range(0, found.size())
                    .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                    .toList());
        }
    }
}
