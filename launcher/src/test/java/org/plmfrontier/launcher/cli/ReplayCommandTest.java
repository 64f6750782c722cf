package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.plmfrontier.stack.TestStack;

/** The command against a real broker. */
class ReplayCommandTest {
    private static final String SERVERS = TestStack.get().bootstrapServers();

    private String origin = "";
    private String letters = "";
    private String out = "";
    private long nextOffset = 7;

    @BeforeEach
    void createTopics(TestInfo test) throws Exception {
        origin = "origin-" + test.getTestMethod().orElseThrow().getName();
        letters = origin + ".dlq";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVERS))) {
            admin.createTopics(List.of(
                            new NewTopic(origin, Optional.of(3), Optional.empty()),
                            new NewTopic(letters, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    @Test
    void sendsLettersBackAsTheyCameAndASecondCallSendsNothing() {
        deadLetter("a", "v1", "no StepCompleted", 2);
        deadLetter("b", "v2", "unknown event type", 0);

        assertThat(run()).isZero();
        assertThat(out).contains("2 sent back, 0 left");
        List<ConsumerRecord<String, String>> back = read(origin, 3);
        assertThat(back).extracting(ConsumerRecord::value).containsExactlyInAnyOrder("v1", "v2");
        ConsumerRecord<String, String> first = back.stream()
                .filter(record -> record.key().equals("a"))
                .findFirst()
                .orElseThrow();
        assertThat(first.partition()).isEqualTo(2);
        assertThat(headers(first)).containsExactly("ce_type", "replayed-from");
        assertThat(new String(first.headers().lastHeader("replayed-from").value(), StandardCharsets.UTF_8))
                .isEqualTo(letters + "/0/0");

        assertThat(run()).isZero();
        assertThat(out).contains("0 sent back, 0 left");
        assertThat(read(origin, 3)).hasSize(2);
    }

    @Test
    void lettersOfOtherReasonsStayAndCanBeSentLater() {
        deadLetter("a", "v1", "no StepCompleted", 0);
        deadLetter("b", "v2", "unknown event type", 0);
        deadLetter("c", "v3", "no StepCompleted", 0);

        assertThat(run("--reason", "unknown .* type")).isZero();
        assertThat(out).contains("1 sent back, 2 left");
        assertThat(read(origin, 3)).extracting(ConsumerRecord::value).containsExactly("v2");

        assertThat(run()).isZero();
        assertThat(out).contains("2 sent back, 0 left");
        assertThat(read(origin, 3)).extracting(ConsumerRecord::value).containsExactly("v2", "v1", "v3");
    }

    @Test
    void aRecordThatTwoServicesDeadLetteredIsSentBackOnce() {
        deadLetter("a", "v1", "no StepCompleted", 1, 12);
        deadLetter("a", "v1", "no StepCompleted", 1, 12);
        deadLetter("a", "v2", "no StepCompleted", 1, 13);

        assertThat(run()).isZero();
        assertThat(out).contains("2 sent back (1 further letters are the same records), 0 left");
        assertThat(read(origin, 3)).extracting(ConsumerRecord::value).containsExactly("v1", "v2");
        assertThat(run()).isZero();
        assertThat(out).contains("0 sent back, 0 left");
    }

    @Test
    void aDryRunTellsAndChangesNothing() {
        deadLetter("a", "v1", "no StepCompleted", 0);
        assertThat(run("--dry-run")).isZero();
        assertThat(out).contains(letters + "/0/0 -> " + origin + ": no StepCompleted", "1 would be sent back");
        assertThat(read(origin, 3)).isEmpty();
        assertThat(run("--dry-run")).isZero();
        assertThat(out).contains("1 would be sent back");
    }

    @Test
    void aTopicThatIsNotThereIsSaid() {
        assertThat(Frontier.line().execute("replay", "nothing.dlq", "--kafka", SERVERS))
                .isEqualTo(1);
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("replay", letters, "--kafka", SERVERS));
        arguments.addAll(List.of(options));
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            return Frontier.line().execute(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
            out = written.toString(StandardCharsets.UTF_8);
        }
    }

    private void deadLetter(String key, String value, String reason, int partition) {
        deadLetter(key, value, reason, partition, nextOffset++);
    }

    private void deadLetter(String key, String value, String reason, int partition, long offset) {
        ProducerRecord<String, String> letter = new ProducerRecord<>(letters, key, value);
        Map.of(
                        "ce_type",
                        "t",
                        "dead-letter-reason",
                        reason,
                        "dead-letter-topic",
                        origin,
                        "dead-letter-partition",
                        Integer.toString(partition),
                        "dead-letter-offset",
                        Long.toString(offset))
                .forEach((name, text) -> letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SERVERS), new StringSerializer(), new StringSerializer())) {
            producer.send(letter);
        }
    }

    private static List<String> headers(ConsumerRecord<String, String> record) {
        List<String> names = new ArrayList<>();
        for (Header header : record.headers()) {
            names.add(header.key());
        }
        return names.stream().sorted().toList();
    }

    /** All committed records of a topic. */
    private static List<ConsumerRecord<String, String>> read(String topic, int partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(topic, i));
        }
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", SERVERS,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(all);
            Map<TopicPartition, Long> end = consumer.endOffsets(all);
            while (!end.entrySet().stream().allMatch(one -> consumer.position(one.getKey()) >= one.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
