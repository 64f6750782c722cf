package org.plmfrontier.fitting.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.plmfrontier.contracts.topic.Topics;

/** The topics that this service writes, created on first use where absent. Thread-safe. */
@ApplicationScoped
public class OwnTopics {
    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            Topics.FRONTIER,
            Map.of("cleanup.policy", "compact"),
            Topics.FORECASTS,
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "message.timestamp.type", "LogAppendTime"),
            Topics.deadLetters(Topics.EVENTS),
            Map.of("retention.ms", "-1"));

    private final Map<String, Object> connection;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    public OwnTopics(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        this.connection = connection;
    }

    /** Returns when the topic is there. */
    void ensure(String topic) {
        if (present.contains(topic)) {
            return;
        }
        NewTopic wanted =
                new NewTopic(topic, Optional.of(1), Optional.empty()).configs(SETTINGS.getOrDefault(topic, Map.of()));
        try (Admin admin = Admin.create(adminSettings())) {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create topic " + topic, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic " + topic, e);
        }
        present.add(topic);
    }

    /** The broker and how to reach it; what only consumers and producers know is left out. */
    private Map<String, Object> adminSettings() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().removeIf(key -> !AdminClientConfig.configNames().contains(key));
        return settings;
    }
}
