package org.plmfrontier.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.stack.kafka.EmbeddedKafka;

class EmbeddedKafkaTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    @Test
    void keepsRecordsOverARestartAndHidesAbortedOnes() throws Exception {
        int port = FreePorts.next();
        int controller = FreePorts.next();
        Path log = folder.resolve("kafka");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(log, port, controller)) {
            createTopic(kafka);
            write(kafka, "kept", true);
            write(kafka, "aborted", false);
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(log, port, controller)) {
            write(kafka, "second", true);
            assertThat(committed(kafka, 2)).containsExactly("kept", "second");
        }
    }

    @Test
    void refusesAFolderThatIsInUse() throws Exception {
        Path log = folder.resolve("kafka");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(log, FreePorts.next(), FreePorts.next())) {
            assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(log, FreePorts.next(), FreePorts.next()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("uses this folder already");
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
        }
    }

    private static void write(EmbeddedKafka kafka, String value, boolean commit) {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", value));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> committed(EmbeddedKafka kafka, int count) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            while (values.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(10))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
