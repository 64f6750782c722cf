package org.plmfrontier.launcher.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;

/** The whole topic training-events as a read_committed reader sees it now. */
public record EventLog(List<TrainingEvent> events) {

    public static EventLog read(String bootstrapServers) throws UndecodableException {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        List<TrainingEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.headers().lastHeader("ce_type") != null) {
                        events.add(decode(record));
                    }
                }
            }
        }
        return new EventLog(events);
    }

    /** Steps of a run in the order of the log. */
    public List<TrainingEvent.StepCompleted> steps(String runId) {
        return of(runId, TrainingEvent.StepCompleted.class).toList();
    }

    public <E extends TrainingEvent> Stream<E> of(String runId, Class<E> kind) {
        return events.stream()
                .filter(event -> event.runId().equals(runId))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Each run as it was planned last: an extension plans it again. */
    public List<TrainingEvent.RunPlanned> runs(String studyId) {
        Map<String, TrainingEvent.RunPlanned> last = new LinkedHashMap<>();
        events.stream()
                .filter(TrainingEvent.RunPlanned.class::isInstance)
                .map(TrainingEvent.RunPlanned.class::cast)
                .filter(planned -> planned.studyId().equals(studyId))
                .forEach(planned -> last.put(planned.runId(), planned));
        return List.copyOf(last.values());
    }

    private static TrainingEvent decode(ConsumerRecord<byte[], byte[]> record) throws UndecodableException {
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        return EventFormat.decode(headers, record.value());
    }
}
