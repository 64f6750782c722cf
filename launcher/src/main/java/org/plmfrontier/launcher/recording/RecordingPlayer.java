package org.plmfrontier.launcher.recording;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.StudyRecording;
import org.plmfrontier.contracts.wire.WireFormat;

/**
 * Publishes a recording on the topic {@code training-events} of a suite, as its trainers did, only faster: each event after an
 * equal pause, so that the picture forms evenly. The events keep the times at which they happened.
 */
public final class RecordingPlayer implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final String SOURCE = "/recording";

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * A player.
     *
     * @param connection bootstrap.servers and whatever else clients of this broker need
     */
    public RecordingPlayer(Map<String, Object> connection) {
        Map<String, Object> writing = new HashMap<>(connection);
        writing.put("enable.idempotence", true);
        producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Publishes everything within about the time; the plans at once.
     *
     * @throws IllegalStateException where the broker does not take an event
     */
    public void play(StudyRecording recording, Duration time) throws InterruptedException {
        List<TrainingEvent> events = recording.events();
        long ticks = Math.max(1, time.dividedBy(TICK));
        events.stream().filter(TrainingEvent.RunPlanned.class::isInstance).forEach(this::send);
        int sent = 0;
        for (long tick = 1; tick <= ticks; tick++) {
            long until = events.size() * tick / ticks;
            for (; sent < until; sent++) {
                if (!(events.get(sent) instanceof TrainingEvent.RunPlanned)) {
                    send(events.get(sent));
                }
            }
            producer.flush();
            Exception refused = failure.get();
            if (refused != null) {
                throw new IllegalStateException("the broker does not take an event: " + refused.getMessage(), refused);
            }
            if (tick < ticks) {
                Thread.sleep(TICK);
            }
        }
    }

    private void send(TrainingEvent event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.EVENTS, event.runId().getBytes(StandardCharsets.UTF_8), WireFormat.encode(event));
        EventFormat.headers(event, SOURCE)
                .forEach((name, value) -> record.headers().add(new RecordHeader(name, value)));
        producer.send(record, (place, refused) -> {
            if (refused != null) {
                failure.compareAndSet(null, refused);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
