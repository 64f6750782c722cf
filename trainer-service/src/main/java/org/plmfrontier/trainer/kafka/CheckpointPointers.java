package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.trainer.assignment.CheckpointPointer;

/** Reads where the runs of a partition stand. */
final class CheckpointPointers {
    private static final int MAX_POLL_RECORDS = 1000;

    private final KafkaSettings settings;

    CheckpointPointers(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Last pointer of each run of a partition; a run that was deleted has none. The end is taken from all that is written, the
     * records from what is committed: a transaction of a former owner that is still being completed is waited for.
     *
     * @throws TimeoutException where such a transaction stays open
     * @throws IllegalStateException where a pointer cannot be read
     */
    Map<String, CheckpointPointer> read(int partition) {
        TopicPartition place = new TopicPartition(Topics.CHECKPOINTS, partition);
        long end = end(place);
        Map<String, CheckpointPointer> pointers = new HashMap<>();
        Instant deadline = Instant.now().plus(settings.waits().call());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings.reader("read_committed", MAX_POLL_RECORDS))) {
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            while (consumer.position(place) < end) {
                if (Instant.now().isAfter(deadline)) {
                    throw new TimeoutException(
                            "records of " + place + " up to offset " + end + " are not readable yet");
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() == null) {
                        pointers.remove(record.key());
                    } else {
                        CheckpointPointer pointer = decode(record);
                        pointers.put(pointer.runId(), pointer);
                    }
                }
            }
        }
        return pointers;
    }

    private static CheckpointPointer decode(ConsumerRecord<String, byte[]> record) {
        try {
            return WireFormat.decode(record.value(), CheckpointPointer.class);
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "pointer at offset " + record.offset() + " of " + record.topic() + "-" + record.partition(), e);
        }
    }

    private long end(TopicPartition place) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.reader("read_uncommitted", 1))) {
            consumer.assign(List.of(place));
            return Objects.requireNonNull(consumer.endOffsets(List.of(place)).get(place));
        }
    }
}
