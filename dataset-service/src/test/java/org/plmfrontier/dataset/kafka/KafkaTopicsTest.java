package org.plmfrontier.dataset.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.stack.TestStack;

class KafkaTopicsTest {
    private static final String TOPIC = "known-late";

    @Test
    void aTopicThatABrokerDoesNotKnowYetIsAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestStack.get().bootstrapServers()))) {
            KafkaTopics topics = new KafkaTopics(behindTheTimes(admin, asked), 1, 1, (short) 1, Duration.ofSeconds(20));
            topics.ensureTokenLog(TOPIC);
            assertThat(topics.partitions(TOPIC)).isEqualTo(1);
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void provisionalStepsAreDeletedAfterTenMinutesByTheBrokersClock() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestStack.get().bootstrapServers()))) {
            new KafkaTopics(admin, 2, 3, (short) 1, Duration.ofSeconds(20)).ensureShared();
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.PROGRESS);
            Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
            assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
            assertThat(config.get("retention.ms").value()).isEqualTo("600000");
            assertThat(Long.parseLong(config.get("segment.ms").value())).isLessThan(600_000);
            assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        }
    }

    /** An admin whose broker answers twice as it does for topics that it has never heard of. */
    private static Admin behindTheTimes(Admin admin, AtomicInteger asked) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("describeTopics") && asked.incrementAndGet() < 3) {
                        return admin.describeTopics(List.of("never-heard-of"));
                    }
                    try {
                        return method.invoke(admin, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
