package org.plmfrontier.dataset.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogAudit;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.ingest.TokenLog;
import org.plmfrontier.dataset.ingest.TokenLogs;
import org.plmfrontier.dataset.ingest.TokenLogsContract;
import org.plmfrontier.stack.TestStack;

class KafkaTokenLogTest extends TokenLogsContract {
    private static KafkaClients clients;
    private static Admin admin;
    private static KafkaTokenLogs logs;

    @BeforeAll
    static void connect() {
        clients = new KafkaClients(
                Map.of("bootstrap.servers", TestStack.get().bootstrapServers()), Duration.ofSeconds(30));
        admin = clients.admin();
        logs = new KafkaTokenLogs(clients, new KafkaTopics(admin, 2, 1, (short) 1, Duration.ofSeconds(20)));
    }

    @AfterAll
    static void disconnect() {
        admin.close();
    }

    @Override
    protected TokenLogs logs() {
        return logs;
    }

    @Override
    protected List<TokenBatch> readTraining(String corpusId) {
        return Topic.batches(Topics.tokens(corpusId));
    }

    @Test
    void aRecordThatTheDiskChangedIsNamedWithItsOffsetAndTheRestIsRead() throws Exception {
        List<TokenBatch> batches = batches("rotten", 40);
        try (Producer<String, byte[]> one = clients.singleRecordProducer()) {
            admin.createTopics(List.of(new NewTopic(Topics.tokens("rotten"), 1, (short) 1)))
                    .all()
                    .get();
            for (TokenBatch batch : batches) {
                one.send(new ProducerRecord<>(
                                Topics.tokens("rotten"),
                                0,
                                null,
                                null,
                                batch.tokens(),
                                RecordHeaders.of(batch.headers())))
                        .get();
            }
        }
        assertThat(logs.auditTraining("rotten").sound()).isTrue();
        flipIn(Topics.tokens("rotten"), batches.get(17).tokens());
        TokenLogAudit.Report report = logs.auditTraining("rotten");
        assertThat(report.records()).isEqualTo(39);
        assertThat(report.defectCount()).isEqualTo(1);
        assertThat(report.defects().getFirst())
                .startsWith("offset 17 cannot be read: ")
                .contains("tokens.rotten-0");
        assertThatThrownBy(() -> logs.training("rotten"))
                .hasMessageContaining("offset 17")
                .hasMessageContaining("POST /corpora/rotten/repair");
        logs.delete("rotten");
        write("rotten", batches, 40);
        assertThat(logs.auditTraining("rotten").sound()).isTrue();
    }

    /** Changes a bit of a record's value in the broker's own file. */
    private static void flipIn(String topic, byte[] value) throws Exception {
        String folder = admin.describeLogDirs(List.of(1))
                .allDescriptions()
                .get()
                .get(1)
                .keySet()
                .iterator()
                .next();
        Path segment = Path.of(folder, topic + "-0", "00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(segment);
        for (int i = 0; i + value.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + value.length, value, 0, value.length)) {
                bytes[i + 1] ^= 1;
                Files.write(segment, bytes, StandardOpenOption.WRITE);
                return;
            }
        }
        throw new AssertionError("the record is not in " + segment);
    }

    @Test
    void aLogWhoseOffsetsAreNotItsIndicesIsFound() {
        List<TokenBatch> batches = batches("gap", 5);
        write("gap", batches.subList(0, 2), 2);
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            TokenBatch stray = batches.getLast();
            Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(
                    Topics.tokens("gap"), 0, null, null, stray.tokens(), RecordHeaders.of(stray.headers())));
        }
        assertThatThrownBy(() -> write("gap", batches, 5)).hasMessageContaining("gaps or doubles");
    }

    private static void write(String corpus, List<TokenBatch> batches, long records) {
        try (TokenLog log = logs.training(corpus)) {
            batches.forEach(log::append);
            log.finish(records);
        }
    }

    private static List<TokenBatch> batches(String corpus, int count) {
        List<TokenBatch> batches = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] tokens = new byte[100];
            Arrays.fill(tokens, (byte) (4 + index));
            batches.add(new TokenBatch(corpus, index, tokens, new int[] {60, 40}));
        }
        return batches;
    }
}
