package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
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
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunCommand.Action;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.study.Deletion;
import org.plmfrontier.dataset.study.StudyStore;

/** Deletion of a study, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class DeletedStudyTest extends ServiceScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    StudyStore store;

    @Test
    void aDeletedStudyIsGoneOnceAndItsTopicsSaySo() throws Exception {
        submit(study("doomed", "2000")).statusCode(201);
        Map<String, List<BatchJob>> jobs = jobs("doomed");
        List<String> runs = List.copyOf(jobs.keySet());
        int slices = jobs.values().stream().mapToInt(List::size).sum();
        given().queryParam("reason", "a typo")
                .queryParam("by", "somebody")
                .delete("/studies/doomed")
                .then()
                .statusCode(200)
                .body("id", equalTo("doomed"))
                .body("runs.size()", equalTo(2))
                .body("stopped.size()", equalTo(2))
                .body("slices", equalTo(slices));
        given().delete("/studies/doomed").then().statusCode(404);
        given().get("/studies/doomed").then().statusCode(404);
        given().get("/studies/doomed/runs").then().statusCode(404);
        given().get("/studies").then().body("id", not(hasItem("doomed")));
        for (String run : runs) {
            assertThat(commands(run)).containsExactly(Action.STOP, Action.DELETE);
            assertThat(events(run).getLast()).isInstanceOfSatisfying(RunDeleted.class, deleted -> {
                assertThat(deleted.reason()).isEqualTo("a typo");
                assertThat(deleted.by()).isEqualTo("somebody");
            });
        }
    }

    @Test
    void lateEventsBringNothingBackAndTheStudySubmittedAgainBeginsAnew() {
        submit(study("deleted-twice", "2000")).statusCode(201);
        Map<String, List<BatchJob>> before = jobs("deleted-twice");
        given().delete("/studies/deleted-twice").then().statusCode(200);
        submit(study("deleted-twice", "2000")).statusCode(201).body("state", equalTo("PLANNED"));
        Map<String, List<BatchJob>> after = jobs("deleted-twice");
        assertThat(after).hasSize(4);
        BatchJob old = before.values().iterator().next().getFirst();
        BatchJob fresh = after.get(old.run().runId() + ".2").getFirst();
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            trained(old).forEach(event -> send(producer, event));
            trained(fresh).forEach(event -> send(producer, event));
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(given().get("/studies/deleted-twice/runs")
                                .jsonPath()
                                .getList("step"))
                        .containsExactlyInAnyOrder(0, 3));
        assertThat(store.loggedRuns("deleted-twice")).isEmpty();
        assertThat(store.run(old.run().runId())).isEmpty();
        given().contentType(ContentType.JSON)
                .body("{\"action\":\"RESUME\",\"reason\":\"\",\"by\":\"\"}")
                .post("/runs/" + old.run().runId() + "/commands")
                .then()
                .statusCode(404);
    }

    @Test
    void aDeletionThatACrashLeftHalfDoneIsCompletedByTheNextLook() {
        submit(study("half", "2000")).statusCode(201);
        List<String> runs = List.copyOf(jobs("half").keySet());
        store.begin(new Deletion("half", "", "", Instant.now()));
        given().get("/studies/half").then().statusCode(404);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(store.runs("half")).isEmpty();
            assertThat(events(runs.getFirst()).getLast()).isInstanceOf(RunDeleted.class);
        });
        assertThat(store.deletions()).isEmpty();
    }

    @Test
    void onlyStudiesAreDeletedAndOnlyInOneLine() {
        submit(study("kept", "2000")).statusCode(201);
        String run = jobs("kept").keySet().iterator().next();
        given().contentType(ContentType.JSON)
                .body("{\"action\":\"DELETE\",\"reason\":\"\",\"by\":\"\"}")
                .post("/runs/" + run + "/commands")
                .then()
                .statusCode(400)
                .body("field", equalTo("action"));
        given().queryParam("reason", "two\nlines")
                .delete("/studies/kept")
                .then()
                .statusCode(400)
                .body("field", equalTo("reason"));
        given().get("/studies/kept").then().statusCode(200);
    }

    private static List<TrainingEvent> trained(BatchJob job) {
        String study = job.run().studyId();
        String run = job.run().runId();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return List.of(
                new TrainingEvent.RunStateChanged(study, run, RunState.TRAINING, 0, "", at),
                TrainingEventSliceCompletedBuilder.builder()
                        .studyId(study)
                        .runId(run)
                        .slice(0)
                        .step(3)
                        .toRecord(job.toRecord())
                        .tokens(900)
                        .computeFlops(job.expectedFlops())
                        .checkpoint("c")
                        .trainer("t")
                        .at(at)
                        .build());
    }

    private static List<Action> commands(String run) throws Exception {
        List<Action> actions = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.COMMANDS)) {
            if (record.key().equals(run)) {
                actions.add(WireFormat.decode(record.value(), RunCommand.class).action());
            }
        }
        return actions;
    }

    private static List<TrainingEvent> events(String run) throws Exception {
        List<TrainingEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.EVENTS)) {
            if (run.equals(record.key())) {
                events.add(EventFormat.decode(Topic.headers(record), record.value()));
            }
        }
        return events;
    }

    private static void send(Producer<String, byte[]> producer, TrainingEvent event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
        EventFormat.headers(event, "/test")
                .forEach((name, value) -> record.headers().add(name, value));
        Future<RecordMetadata> unused = producer.send(record);
    }
}
