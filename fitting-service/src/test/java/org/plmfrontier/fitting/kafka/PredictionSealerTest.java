package org.plmfrontier.fitting.kafka;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.EventWriter;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.prediction.Prediction;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.prediction.Recomputation;
import org.plmfrontier.fitting.prediction.SealedPrediction;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.EventLog;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.StudyReplay;
import org.plmfrontier.runtime.retry.Backoff;

/** Predictions on the real broker, with other instances that come and go. */
@QuarkusTest
class PredictionSealerTest extends ServiceTest {
    @Inject
    ForecastTopic topic;

    @Inject
    EventTopic events;

    @Inject
    EventLog log;

    @Inject
    EventCounters counters;

    @Inject
    ReadSettings settings;

    @Inject
    SealSettings sealing;

    @Inject
    Backoff backoff;

    @Inject
    AgroalDataSource dataSource;

    @Test
    void eachRunIsSealedOncePerStageAlthoughInstancesComeAndGoAndTheLogAloneGivesTheSameBytes() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("sealed-live", 120, 5);
        publish(planted.plans());
        awaitSealed("sealed-live", 6);
        List<TrainingEvent> training = planted.training();
        int parts = 9;
        for (int part = 0; part < parts; part++) {
            PredictionSealer restarted = part % 3 == 1 ? another() : null;
            publish(training.subList(training.size() * part / parts, training.size() * (part + 1) / parts));
            awaitNoneDue("sealed-live");
            if (restarted != null) {
                restarted.stop();
            }
        }
        awaitAll(planted);

        List<ConsumerRecord<String, byte[]>> records = recordsOf("sealed-live");
        Set<Prediction.Key> keys = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            SealedPrediction sealed = PredictionBook.decode(record.value()).orElseThrow();
            assertThat(keys.add(sealed.prediction().key()))
                    .as("sealed once: %s", sealed.prediction().key())
                    .isTrue();
            assertThat(new String(again(sealed), UTF_8)).isEqualTo(new String(record.value(), UTF_8));
        }
        assertThat(keys.stream().map(Prediction.Key::stagePercent)).contains(0, 10, 30, 60);
        JsonPath answer = predictions("sealed-live");
        assertThat(answer.getList("predictions")).hasSameSizeAs(records);
        assertThat(answer.getList("predictions.outcomeNats")).doesNotContainNull();
        assertThat(answer.getInt("summary.sealed")).isEqualTo(records.size());
        assertThat(answer.getInt("summary.scored"))
                .isEqualTo(answer.getInt("summary.identified"))
                .isPositive();
        assertThat(answer.getDouble("summary.coverage")).isBetween(0.5, 1.0);
        assertThat(answer.getList("predictions").size()
                        + answer.getList("missed").size())
                .isEqualTo(24);
        assertThat(answer.getString("reason")).isNull();
        List<List<Object>> answered = ofRest("sealed-live");
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(ofDashboards("sealed-live")).containsExactlyInAnyOrderElementsOf(answered));
    }

    @Test
    void runsWhoseOutcomesTheLogHasAlreadyAreMissedAndNeverSealed() {
        PlantedStudy planted = PlantedStudy.ofMany("sealed-late", 3, 60, 8);
        publish(planted.all());
        awaitAll(planted);
        publish(PlantedStudy.ofMany("sealed-after", 2, 60, 9).plans());
        awaitSealed("sealed-after", 2);
        List<Map<String, Object>> missed = predictions("sealed-late").getList("missed");
        assertThat(missed.size()
                        + predictions("sealed-late").getList("predictions").size())
                .isEqualTo(12);
        recordsOf("sealed-late").forEach(record -> {
            SealedPrediction sealed = PredictionBook.decode(record.value()).orElseThrow();
            assertThat(again(sealed)).isEqualTo(record.value());
        });
    }

    @Test
    void foreignRecordsOfTheTopicAreSetApart() {
        publish(PlantedStudy.ofMany("sealed-beside", 2, 60, 2).plans());
        awaitSealed("sealed-beside", 2);
        int before = predictions("sealed-beside").getInt("topic.setApart");
        try (EventWriter writer = new EventWriter(bootstrapServers)) {
            writer.publish(new ProducerRecord<>(Topics.FORECASTS, "sealed-beside", "{\"loss\":3}".getBytes(UTF_8)));
            writer.publish(new ProducerRecord<>(Topics.FORECASTS, null, new byte[] {0, (byte) 0xff}));
            writer.publish(new ProducerRecord<>(Topics.FORECASTS, "sealed-beside", null));
        }
        publish(PlantedStudy.ofMany("sealed-behind", 2, 60, 3).plans());
        awaitSealed("sealed-behind", 2);
        assertThat(predictions("sealed-beside").getInt("topic.setApart")).isEqualTo(before + 3);
        given().get("/studies/sealed-nowhere/predictions").then().statusCode(404);
    }

    @Test
    void anImportedStudyHasNone() {
        given().contentType("text/csv")
                .queryParam("study", "sealed-import")
                .body("run,N,D,C,loss\nr,1e6,1e8,6e14,3.1\n")
                .post("/imports")
                .then()
                .statusCode(201);
        given().get("/studies/sealed-import/predictions")
                .then()
                .statusCode(200)
                .body("predictions", empty())
                .body("missed", empty())
                .body("summary.sealed", equalTo(0));
    }

    @Test
    void theTopicIsKeptAndHasTheBrokersTime() throws Exception {
        publish(PlantedStudy.ofMany("sealed-kept", 1, 60, 2).plans());
        awaitSealed("sealed-kept", 1);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, Topics.FORECASTS);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
            assertThat(config.get("retention.ms").value()).isEqualTo("-1");
            assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        }
    }

    /** What dashboards read: run, stage, time, compute, forecast, low, high, outcome, whether it lies inside. */
    private List<List<Object>> ofDashboards(String study) throws SQLException {
        List<List<Object>> found = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select run_id, stage_percent, at, compute_flops, predicted_nats, low_nats, high_nats, actual_nats, inside
                        from dashboard_prediction where study_id = ?""")) {
            statement.setString(1, study);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<Object> values = new ArrayList<>();
                    values.add(row.getString(1));
                    values.add(row.getInt(2));
                    values.add(row.getTimestamp(3).toInstant());
                    for (int column = 4; column <= 9; column++) {
                        values.add(row.getObject(column));
                    }
                    found.add(values);
                }
            }
        }
        return found;
    }

    /** The same as the service answers it. */
    private static List<List<Object>> ofRest(String study) throws JsonProcessingException {
        List<List<Object>> found = new ArrayList<>();
        String answer = given().get("/studies/" + study + "/predictions").asString();
        for (JsonNode prediction : new ObjectMapper().readTree(answer).path("predictions")) {
            List<Object> values = new ArrayList<>(List.of(
                    prediction.path("runId").asText(),
                    prediction.path("stagePercent").asInt(),
                    Instant.parse(prediction.path("at").asText())));
            for (String path : List.of(
                    "/planned/computeFlops",
                    "/forecast/lossNats/value",
                    "/forecast/lossNats/low",
                    "/forecast/lossNats/high",
                    "/outcomeNats")) {
                JsonNode number = prediction.at(path);
                values.add(number.isNumber() ? number.doubleValue() : null);
            }
            JsonNode inside = prediction.at("/score/inside");
            values.add(inside.isBoolean() ? inside.booleanValue() : null);
            found.add(values);
        }
        return found;
    }

    /** What an instance is that was just started: it knows nothing but the topic. */
    private PredictionSealer another() {
        PredictionSealer sealer = new PredictionSealer(
                topic, events, studies, new PredictionBook(), counters, settings, sealing, backoff);
        sealer.start();
        return sealer;
    }

    private byte[] again(SealedPrediction sealed) {
        StudyReplay replay = new StudyReplay(sealed.prediction().studyId(), StepThinning.USUAL);
        log.read(Offsets.parse(sealed.seal().asOf()), replay::add);
        return WireFormat.encode(new Recomputation()
                .of(sealed, replay.study().orElseThrow(), events.id().orElseThrow())
                .result()
                .orElseThrow());
    }

    private static void awaitSealed(String study, int count) {
        await().atMost(TIMEOUT)
                .until(() -> given().get("/studies/" + study + "/predictions").statusCode() == 200
                        && predictions(study).getList("predictions").size() == count);
    }

    /** Until the predictions stay the same for longer than the sealer's round. */
    private static void awaitNoneDue(String study) {
        await().during(Duration.ofSeconds(2)).atMost(TIMEOUT).until(() -> {
            int before = predictions(study).getList("predictions").size();
            Thread.sleep(700);
            return predictions(study).getList("predictions").size() == before;
        });
    }

    private static JsonPath predictions(String study) {
        return given().get("/studies/" + study + "/predictions").jsonPath();
    }

    private List<ConsumerRecord<String, byte[]>> recordsOf(String study) {
        TopicPartition only = new TopicPartition(Topics.FORECASTS, 0);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = topic.reader()) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).get(only);
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (study.equals(record.key())) {
                        records.add(record);
                    }
                });
            }
        }
        return records;
    }
}
