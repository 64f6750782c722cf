package org.plmfrontier.dataset.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.ingest.TokenLog;
import org.plmfrontier.stack.TestStack;

class KafkaTokenLogTest {
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

    @Test
    void aHalfWrittenLogIsContinuedWhereItBrokeOff() {
        List<TokenBatch> batches = batches("half", 20);
        write("half", batches.subList(0, 7), 7);
        write("half", batches, 20);
        assertThat(Topic.batches(Topics.tokens("half")))
                .usingRecursiveComparison()
                .isEqualTo(batches);
    }

    @Test
    void aLogOfOtherTokensIsNotContinued() {
        List<TokenBatch> batches = batches("other", 5);
        write("other", batches, 5);
        TokenBatch last = batches.getLast();
        byte[] changed = last.tokens().clone();
        changed[1]++;
        List<TokenBatch> foreign = new ArrayList<>(batches);
        foreign.set(4, new TokenBatch("other", 4, changed, last.lengths()));
        assertThatThrownBy(() -> write("other", foreign, 5)).hasMessageContaining("other tokens");
    }

    @Test
    void aLogOfAnotherLengthThanTheCorpusIsFound() {
        List<TokenBatch> batches = batches("length", 5);
        assertThatThrownBy(() -> write("length", batches, 6)).hasMessageContaining("holds 5 batches, the corpus has 6");
        assertThatThrownBy(() -> write("length", batches.subList(0, 4), 4)).hasMessageContaining("holds 5 batches");
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

    @Test
    void indicesMustFollowEachOther() {
        List<TokenBatch> batches = batches("order", 3);
        try (TokenLog log = logs.training("order")) {
            assertThatThrownBy(() -> log.append(batches.get(1))).hasMessageContaining("expects index 0, got 1");
        }
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
