package org.plmfrontier.fitting.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.fitting.EventWriter;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.study.Tally;

@QuarkusTest
class EventConsumerTest extends ServiceTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @Inject
    Tally tally;

    @Test
    void anUndecodableRecordGoesToTheDeadLettersAndTheRestFlows() {
        long before = tally.deadLetters();
        ProducerRecord<String, byte[]> garbage = record("garbage-key", "{\"step\":");
        garbage.headers().add(EventFormat.TYPE, bytes("org.plmfrontier.training.step-completed.v1"));
        send(garbage);
        publishAndAwait(PlantedStudy.ofMany("flows", 1, 30, 1));

        ConsumerRecord<String, byte[]> letter = awaitRecord("training-events.dlq", "garbage-key");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{\"step\":");
        assertThat(header(letter, "dead-letter-reason")).contains("no StepCompleted");
        assertThat(header(letter, "dead-letter-topic")).isEqualTo(Topics.EVENTS);
        assertThat(header(letter, "dead-letter-partition")).matches("\\d+");
        assertThat(header(letter, "dead-letter-offset")).matches("\\d+");
        assertThat(header(letter, EventFormat.TYPE)).isEqualTo("org.plmfrontier.training.step-completed.v1");
        await().atMost(PATIENCE).until(() -> tally.deadLetters() > before);
    }

    @Test
    void anotherMajorVersionIsRefused() {
        ProducerRecord<String, byte[]> newer = record("newer-key", "{}");
        newer.headers().add(EventFormat.TYPE, bytes("org.plmfrontier.training.step-completed.v2"));
        send(newer);
        assertThat(header(awaitRecord("training-events.dlq", "newer-key"), "dead-letter-reason"))
                .contains("not one of version 1");
    }

    @Test
    void aStepThatGoesBackInTokensGoesToTheDeadLetters() {
        publish(List.of(step("back-0", 1, 100), step("back-0", 2, 50)));
        assertThat(header(awaitRecord("training-events.dlq", "back-0"), "dead-letter-reason"))
                .contains("run back-0 goes back");
    }

    @Test
    void theFrontierIsPublishedUnderTheIdOfItsStudy() throws Exception {
        publishAndAwait(PlantedStudy.ofSix("published", 60, 9));
        JsonNode frontier = new ObjectMapper()
                .readTree(awaitRecord(Topics.FRONTIER, "published").value());
        assertThat(frontier.get("study").asText()).isEqualTo("published");
        assertThat(frontier.has("a") || frontier.has("reason")).isTrue();
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try (EventWriter writer = new EventWriter(bootstrapServers)) {
            writer.publish(record);
        }
    }

    private static StepCompleted step(String run, long step, double tokens) {
        return new StepCompleted("back", run, step, tokens, step * 1e9, step * 1e9, 3, 1e-3, 1, 1000, AT);
    }

    private static ProducerRecord<String, byte[]> record(String key, String value) {
        return new ProducerRecord<>(Topics.EVENTS, key, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
