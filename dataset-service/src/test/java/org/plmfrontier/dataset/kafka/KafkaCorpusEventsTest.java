package org.plmfrontier.dataset.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildReport;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusBuilder;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.ingest.CorpusEvent;
import org.plmfrontier.stack.TestStack;

class KafkaCorpusEventsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final BuildReport REPORT = new BuildReport(BuildProgress.Phase.READING, 5, 9, 2, 0, 2.5, 1.6);

    @Test
    void aBuildIsPublishedInOrderAndNoProgressFollowsItsEnd() throws UndecodableException {
        KafkaClients clients = new KafkaClients(
                Map.of("bootstrap.servers", TestStack.get().bootstrapServers()), Duration.ofSeconds(30));
        Corpus asked = CorpusBuilder.builder()
                .id("published")
                .sources(List.of())
                .options(CorpusOptionsBuilder.builder()
                        .heldOutSequences(10)
                        .maxLength(256)
                        .batchTokens(4096)
                        .seed(1)
                        .strict(false)
                        .minLength(30)
                        .packingWindow(4096)
                        .deduplicate(false)
                        .build())
                .state(CorpusState.INGESTING)
                .findings(List.of())
                .build();
        try (Admin admin = clients.admin();
                KafkaCorpusEvents events = new KafkaCorpusEvents(clients, InstantSource.fixed(AT))) {
            new KafkaTopics(admin, 2, 1, (short) 1, Duration.ofSeconds(20)).ensureShared();
            events.progressed(Map.of("published", REPORT));
            events.changed(asked);
            events.progressed(Map.of("published", REPORT));
            events.changed(asked.failed("the disk is full", List.of()));
            events.progressed(Map.of("published", REPORT));
            events.deleted("published");
        }
        List<ConsumerRecord<String, byte[]>> records = Topic.read(Topics.CORPUS_EVENTS).stream()
                .filter(record -> record.key().equals("published"))
                .toList();
        assertThat(records).hasSize(4);
        assertThat(event(records.get(0)))
                .isEqualTo(new CorpusEvent("published", CorpusState.INGESTING, null, null, AT));
        assertThat(event(records.get(1)))
                .isEqualTo(new CorpusEvent("published", CorpusState.INGESTING, null, REPORT, AT));
        assertThat(event(records.get(2)))
                .isEqualTo(new CorpusEvent("published", CorpusState.FAILED, "the disk is full", null, AT));
        assertThat(records.get(3).value()).isNull();
    }

    private static CorpusEvent event(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        return WireFormat.decode(record.value(), CorpusEvent.class);
    }
}
