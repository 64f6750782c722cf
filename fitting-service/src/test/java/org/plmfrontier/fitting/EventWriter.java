package org.plmfrontier.fitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;

/** Publishes training events as the other services do. */
public final class EventWriter implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    public EventWriter(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Creates training-events with three partitions unless it is there. */
    public static void createTopic(String bootstrapServers) {
        createTopic(bootstrapServers, Topics.EVENTS);
    }

    /** Creates a topic with three partitions unless it is there. */
    public static void createTopic(String bootstrapServers, String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the broker has all of them. */
    public void publish(List<? extends TrainingEvent> events) {
        events.forEach(this::send);
        flush();
    }

    /** A record that need not be an event. */
    public void publish(ProducerRecord<String, byte[]> record) {
        sent.add(producer.send(record));
        flush();
    }

    private void flush() {
        producer.flush();
        sent.forEach(one -> assertThat(one).succeedsWithin(Duration.ZERO));
        sent.clear();
    }

    private void send(TrainingEvent event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
        EventFormat.headers(event, "/test").forEach(record.headers()::add);
        sent.add(producer.send(record));
    }

    @Override
    public void close() {
        producer.close();
    }
}
