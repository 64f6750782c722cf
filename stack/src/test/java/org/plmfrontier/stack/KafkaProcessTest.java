package org.plmfrontier.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.stack.kafka.KafkaProcess;

class KafkaProcessTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterAKillAndAfterACleanStop() throws Exception {
        try (KafkaProcess kafka =
                KafkaProcess.start(folder.resolve("kafka"), FreePorts.next(), FreePorts.next(), Map.of())) {
            create(kafka, "first");
            kafka.kill();
            assertThat(kafka.handle().isAlive()).isFalse();
            kafka.startAgain();
            create(kafka, "second");
            kafka.stop();
            kafka.startAgain();
            assertThat(topics(kafka)).contains("first", "second");
        }
    }

    private static void create(KafkaProcess kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static Set<String> topics(KafkaProcess kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }
}
