package org.plmfrontier.fitting.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.EventWriter;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.study.EventCounters;

@QuarkusTest
class EventConsumerTest extends ServiceTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @Inject
    EventCounters counters;

    @Test
    void anUndecodableRecordGoesToTheDeadLettersAndTheRestFlows() {
        long before = counters.deadLetters();
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
        await().atMost(TIMEOUT).until(() -> counters.deadLetters() > before);
    }

    @Test
    void anotherMajorVersionIsRefused() {
        ProducerRecord<String, byte[]> newer = record("newer-key", "{}");
        newer.headers().add(EventFormat.TYPE, bytes("org.plmfrontier.training.step-completed.v2"));
        send(newer);
        assertThat(header(awaitRecord("training-events.dlq", "newer-key"), "dead-letter-reason"))
                .contains("not one of version 1");
    }

    static Stream<Arguments> poison() {
        String type = "org.plmfrontier.training.step-completed.v1";
        return Stream.of(
                Arguments.of("empty", type, "application/json", "", "no StepCompleted"),
                Arguments.of("half", type, "application/json", "{\"step\":", "no StepCompleted"),
                Arguments.of("no-type", "", "application/json", json("loss", "3"), "no header ce_type"),
                Arguments.of("avro", type, "application/avro", json("loss", "3"), "content type 'application/avro'"),
                Arguments.of(
                        "major",
                        type.replace("v1", "v2"),
                        "application/json",
                        json("loss", "3"),
                        "not one of version 1"),
                Arguments.of(
                        "kind", type.replace("step", "epoch"), "application/json", "{}", "perhaps of a newer writer"),
                Arguments.of("negative", type, "application/json", json("flops", "-1e9"), "impossible counters"),
                Arguments.of("overflow", type, "application/json", json("flops", "1e999"), "impossible counters"),
                Arguments.of("nan", type, "application/json", json("loss", "\"NaN\""), "lossNats of step 1"),
                Arguments.of("nan-token", type, "application/json", json("loss", "NaN"), "no StepCompleted"),
                Arguments.of("null", type, "application/json", json("loss", "null"), "lossNats"),
                Arguments.of("absent", type, "application/json", json("other", "3"), "lossNats"),
                Arguments.of(
                        "future",
                        type,
                        "application/json",
                        json("at", "\"" + Instant.now().plus(Duration.ofDays(1)) + "\""),
                        "clock of the publisher"),
                Arguments.of(
                        "ancient",
                        type,
                        "application/json",
                        json("at", "\"-4713-01-01T00:00:00Z\""),
                        "clock of the publisher"),
                Arguments.of("no-id", type, "application/json", json("run", "\"No Such Id\""), "is no id"));
    }

    /** A step that is possible but for one field. */
    private static String json(String field, String value) {
        Map<String, String> fields =
                new HashMap<>(Map.of("run", "\"poison-0\"", "loss", "3.0", "flops", "1e9", "at", "\"" + AT + "\""));
        if (fields.put(field, value) == null) {
            fields.put("loss", "3.0,\"renamed\":1");
            return step(fields).replace("lossNats", "loss");
        }
        return step(fields);
    }

    private static String step(Map<String, String> fields) {
        return "{\"studyId\":\"poison\",\"runId\":" + fields.get("run")
                + ",\"step\":1,\"tokens\":100,\"computeFlops\":" + fields.get("flops")
                + ",\"executedFlops\":1e9,\"lossNats\":" + fields.get("loss")
                + ",\"learningRate\":0.001,\"gradientNorm\":1,\"tokensPerSecond\":10,\"at\":" + fields.get("at") + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void poisonGoesToTheDeadLettersWithReasonAndOriginAndTheRestFlows(
            String key, String type, String content, String value, String reason) {
        ProducerRecord<String, byte[]> poison = record("poison-" + key, value);
        poison.headers().add(EventFormat.CONTENT_TYPE, bytes(content));
        if (!type.isEmpty()) {
            poison.headers().add(EventFormat.TYPE, bytes(type));
        }
        send(poison);
        publishAndAwait(PlantedStudy.ofMany("beside-" + key, 1, 30, 1));

        ConsumerRecord<String, byte[]> letter = awaitRecord("training-events.dlq", "poison-" + key);
        assertThat(letter.value()).isEqualTo(bytes(value));
        assertThat(header(letter, "dead-letter-reason")).contains(reason);
        assertThat(header(letter, "dead-letter-topic")).isEqualTo(Topics.EVENTS);
        assertThat(header(letter, "dead-letter-partition")).matches("\\d+");
        assertThat(header(letter, "dead-letter-offset")).matches("\\d+");
        assertThat(studies.find("poison")).isEmpty();
    }

    @Test
    void aPureRepeatIsNoLetterAndAConflictingOneIs() {
        publish(List.of(step("twice-0", 1, 100), step("twice-0", 1, 100), step("twice-1", 1, 100)));
        long before = counters.deadLetters();
        publish(List.of(step("twice-0", 1, 101)));
        assertThat(header(awaitRecord("training-events.dlq", "twice-0"), "dead-letter-reason"))
                .contains("step 1 of run twice-0 is known with other values");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(counters.deadLetters()).isEqualTo(before + 1));
        assertThat(studies.find("back").orElseThrow().runs().get("twice-0").tokens())
                .isEqualTo(100);
    }

    @Test
    void aLetterThatIsSentBackAfterARepairIsTakenOnceHoweverOftenItComes() {
        publish(List.of(step("repaired-0", 1, 100), step("repaired-0", 3, 300)));
        ProducerRecord<String, byte[]> back =
                record("repaired-0", new String(WireFormat.encode(step("repaired-0", 2, 200)), StandardCharsets.UTF_8));
        EventFormat.headers(step("repaired-0", 2, 200), "/test").forEach(back.headers()::add);
        back.headers().add("replayed-from", bytes("training-events.dlq/0/0"));
        send(back);
        send(back);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(studies.find("back")
                                .orElseThrow()
                                .runs()
                                .get("repaired-0")
                                .curve()
                                .points())
                        .extracting(point -> point.step())
                        .containsExactly(1L, 2L, 3L));
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
