package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;

/** What becomes of a study: its events, its commands and its extension. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class StudyLifeTest extends ServiceScene {
    @Test
    void progressFollowsTheEventsAndRepetitionsChangeNothing() {
        submit(study("progress", "2000")).statusCode(201);
        BatchJob first = jobs("progress").values().iterator().next().getFirst();
        RunSpec run = first.run();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        List<TrainingEvent> events = List.of(
                new TrainingEvent.RunStateChanged("progress", run.runId(), RunState.TRAINING, 0, "", at),
                TrainingEventSliceCompletedBuilder.builder()
                        .studyId("progress")
                        .runId(run.runId())
                        .slice(0)
                        .step(3)
                        .toRecord(first.toRecord())
                        .tokens(900)
                        .computeFlops(first.expectedFlops())
                        .checkpoint("c")
                        .trainer("t")
                        .at(at)
                        .build());
        double before = remainingFlops();
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(Topics.EVENTS, run.runId(), "no event".getBytes(StandardCharsets.UTF_8)));
            events.forEach(event -> send(producer, event));
            events.forEach(event -> send(producer, event));
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Object> seen = given().get("/studies/progress/runs")
                    .jsonPath()
                    .getMap("find { it.runId == '" + run.runId() + "' }");
            assertThat(seen)
                    .containsEntry("state", "TRAINING")
                    .containsEntry("lastSlice", 0)
                    .containsEntry("step", 3);
        });
        double after = remainingFlops();
        assertThat(before - after).isEqualTo(first.expectedFlops());
        given().get("/studies/progress").then().body("state", equalTo("TRAINING"));
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics).contains("plm_runs{state=\"TRAINING\"}").contains("plm_remaining_flops");
        assertThat(metrics).contains("plm_events_skipped_total{reason=\"undecodable\"}");
    }

    @Test
    void aStudyOfWhichNoRunGoesOnByItselfIsStoppedUntilOneIsResumed() {
        submit(study("halted", "2000")).statusCode(201);
        List<String> runs = List.copyOf(jobs("halted").keySet());
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        changeAll("halted", runs, RunState.TRAINING, at);
        awaitState("halted", "TRAINING");
        changeAll("halted", runs, RunState.STOPPED, at.plusSeconds(1));
        awaitState("halted", "STOPPED");
        changeAll("halted", runs.subList(0, 1), RunState.TRAINING, at.plusSeconds(2));
        awaitState("halted", "TRAINING");
    }

    private void changeAll(String study, List<String> runs, RunState state, Instant at) {
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            runs.forEach(run -> send(producer, new TrainingEvent.RunStateChanged(study, run, state, 0, "", at)));
        }
    }

    private static void awaitState(String study, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/studies/" + study).then().body("state", equalTo(state)));
    }

    @Test
    void aRecordThatIsNoEventIsKeptAsItCameAndTheRestFlows() {
        submit(study("poison", "2000")).statusCode(201);
        BatchJob first = jobs("poison").values().iterator().next().getFirst();
        String run = first.run().runId();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(Topics.EVENTS, run, "poison".getBytes(StandardCharsets.UTF_8)));
            send(producer, new TrainingEvent.RunStateChanged("poison", run, RunState.TRAINING, 0, "", at));
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            given().get("/studies/poison").then().body("state", equalTo("TRAINING"));
            ConsumerRecord<String, byte[]> letter = Topic.read(Topics.deadLetters(Topics.EVENTS)).stream()
                    .filter(record -> run.equals(record.key()))
                    .findFirst()
                    .orElseThrow();
            assertThat(letter.value()).asString().isEqualTo("poison");
            assertThat(Topic.headers(letter).get("dead-letter-reason"))
                    .asString()
                    .contains("no header ce_type");
            assertThat(Topic.headers(letter).get("dead-letter-topic"))
                    .asString()
                    .isEqualTo(Topics.EVENTS);
            assertThat(Topic.headers(letter).get("dead-letter-offset"))
                    .asString()
                    .matches("\\d+");
            assertThat(Topic.headers(letter).get("dead-letter-by")).asString().isEqualTo("dataset-service");
        });
    }

    @Test
    void anEventWithoutAValueAndOneOfAClockADayAheadAreKeptAsideToo() {
        submit(study("untrue", "2000")).statusCode(201);
        String run = jobs("untrue").values().iterator().next().getFirst().run().runId();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        TrainingEvent ahead = new TrainingEvent.RunStateChanged(
                "untrue", run, RunState.STOPPED, 0, "", Instant.now().plus(Duration.ofDays(1)));
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            ProducerRecord<String, byte[]> empty = new ProducerRecord<>(Topics.EVENTS, run, null);
            EventFormat.headers(ahead, "/test")
                    .forEach((name, value) -> empty.headers().add(name, value));
            Future<RecordMetadata> unused = producer.send(empty);
            send(producer, ahead);
            send(producer, new TrainingEvent.RunStateChanged("untrue", run, RunState.TRAINING, 0, "", at));
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            given().get("/studies/untrue").then().body("state", equalTo("TRAINING"));
            assertThat(Topic.read(Topics.deadLetters(Topics.EVENTS)).stream()
                            .filter(record -> run.equals(record.key()))
                            .map(record -> new String(
                                    Topic.headers(record).get("dead-letter-reason"), StandardCharsets.UTF_8)))
                    .hasSize(2)
                    .anyMatch(reason -> reason.equals("no value"))
                    .anyMatch(reason -> reason.contains("clock of the publisher"));
        });
    }

    @Test
    void aCompletedStudyIsExtendedAndItsRunsGoOn() {
        submit(study("longer", "2000")).statusCode(201);
        Map<String, List<BatchJob>> before = jobs("longer");
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            before.values().forEach(jobs -> {
                BatchJob last = jobs.getLast();
                String run = last.run().runId();
                send(producer, new TrainingEvent.RunStateChanged("longer", run, RunState.COMPLETED, 9, "", at));
                send(
                        producer,
                        TrainingEventSliceCompletedBuilder.builder()
                                .studyId("longer")
                                .runId(run)
                                .slice(last.slice())
                                .step(9)
                                .toRecord(last.toRecord())
                                .tokens(2000)
                                .computeFlops(1e9)
                                .checkpoint("c")
                                .trainer("t")
                                .at(at)
                                .build());
            });
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/studies/longer").then().body("state", equalTo("COMPLETED")));
        String further = "{\"tokenBudgets\":[4000],\"shapes\":[" + SMALL + "]}";
        extend("longer", further)
                .statusCode(200)
                .body("state", equalTo("TRAINING"))
                .body("tokenBudgets", equalTo(List.of(2000f, 4000f)))
                .body("runs.state", equalTo(List.of("TRAINING", "TRAINING")));
        Map<String, List<BatchJob>> after = jobs("longer");
        before.forEach((run, jobs) -> {
            List<BatchJob> all = after.get(run);
            assertThat(all.subList(0, jobs.size())).isEqualTo(jobs);
            assertThat(all.get(jobs.size()).slice()).isEqualTo(jobs.size());
            assertThat(all.get(jobs.size()).fromRecord())
                    .isEqualTo(jobs.getLast().toRecord());
        });
        extend("longer", further).statusCode(200);
        extend("longer", "{\"shapes\":[" + SMALL + "]}").statusCode(200);
        extend("longer", "{\"tokenBudgets\":[4000]}").statusCode(200);
        extend("longer", "{\"tokenBudgets\":[null]}").statusCode(400);
        assertThat(jobs("longer")).isEqualTo(after);
        submit(study("longer", "2000")).statusCode(200);
        extend("longer", "{\"tokenBudgets\":[3000]}").statusCode(400).body("field", equalTo("tokenBudgets[0]"));
        extend("longer", "{}").statusCode(400).body("field", equalTo("tokenBudgets"));
        extend("nothing", further).statusCode(404);
    }

    @Test
    void commandsReachTheirTopicAndAResumedRunGetsItsOpenJobsAgain() throws Exception {
        submit(study("commanded", "2000")).statusCode(201);
        String runId = jobs("commanded").keySet().iterator().next();
        int slices = jobs("commanded").get(runId).size();
        command(runId, "STOP").statusCode(202).body("action", equalTo("STOP"));
        command(runId, "RESUME").statusCode(202);
        List<RunCommand> commands = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.COMMANDS)) {
            if (record.key().equals(runId)) {
                commands.add(WireFormat.decode(record.value(), RunCommand.class));
            }
        }
        assertThat(commands)
                .extracting(RunCommand::action)
                .containsExactly(RunCommand.Action.STOP, RunCommand.Action.RESUME);
        assertThat(jobs("commanded").get(runId)).hasSize(2 * slices);
        command("nobody", "STOP").statusCode(404);
        command(runId, "DANCE").statusCode(400).body("field", equalTo("action"));
    }

    private static ValidatableResponse extend(String study, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/studies/" + study + "/extend")
                .then();
    }

    private static double remainingFlops() {
        JsonPathConfig exact = new JsonPathConfig(JsonPathConfig.NumberReturnType.DOUBLE);
        return given().get("/scaling").jsonPath(exact).getDouble("remainingFlops");
    }

    private static ValidatableResponse command(String runId, String action) {
        return given().contentType(ContentType.JSON)
                .body("{\"action\":\"" + action + "\",\"reason\":\"a test\",\"by\":\"the test\"}")
                .post("/runs/" + runId + "/commands")
                .then();
    }

    private static void send(Producer<String, byte[]> producer, TrainingEvent event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
        EventFormat.headers(event, "/test")
                .forEach((name, value) -> record.headers().add(name, value));
        Future<RecordMetadata> unused = producer.send(record);
    }
}
