package org.plmfrontier.fitting.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.plmfrontier.contracts.topic.Topics;

/** The topic of training events: who it is, and readers of it that see committed records only. Thread-safe. */
@ApplicationScoped
public class EventTopic {
    private static final Map<String, Object> TIMEOUT = Map.of(
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);

    private final Map<String, Object> connection;

    public EventTopic(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        this.connection = connection;
    }

    /**
     * Id of the topic, other than that of any topic before it; empty while there is none.
     *
     * @throws IllegalStateException where the broker does not answer
     */
    Optional<String> id() {
        try (Admin admin = Admin.create(settings(AdminClientConfig.configNames(), TIMEOUT))) {
            return admin.describeTopics(List.of(Topics.EVENTS)).allTopicNames().get().values().stream()
                    .map(topic -> known(topic.topicId()))
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new IllegalStateException("the broker does not describe " + Topics.EVENTS, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while asking for the topic " + Topics.EVENTS);
        }
    }

    /**
     * The id as text.
     *
     * @throws IllegalStateException where the broker gave none
     */
    static String known(Uuid id) {
        if (id.equals(Uuid.ZERO_UUID)) {
            throw new IllegalStateException(
                    "the broker gives topics no ids, which Kafka does since 2.8: it is too old");
        }
        return id.toString();
    }

    /**
     * A reader without partitions.
     *
     * @param batch most records of a poll
     * @param further settings of its own
     */
    KafkaConsumer<String, byte[]> reader(int batch, Map<String, Object> further) {
        Map<String, Object> own = new HashMap<>(further);
        own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(
                settings(ConsumerConfig.configNames(), own), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The broker and how to reach it; what only other kinds of clients know is left out. */
    private Map<String, Object> settings(Set<String> known, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().removeIf(key -> !known.contains(key));
        settings.putAll(own);
        return settings;
    }
}
