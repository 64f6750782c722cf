package org.plmfrontier.trainer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.runtime.hostile.HostileRequests;
import org.plmfrontier.stack.TestStack;
import org.plmfrontier.trainer.kafka.StudyTopics;
import org.plmfrontier.trainer.slice.Studies;

/** The whole service with the real engine, the real channel and a real broker. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class TrainerServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TestHTTPResource("/")
    URI service;

    @Test
    void aRunIsTrainedFromItsJobsToItsFinalPoint() {
        try (StudyTopics topics = new StudyTopics(TestStack.get().bootstrapServers())) {
            CorpusRef corpus = topics.writeCorpus(
                    "service", Studies.records("service", 10, 8, 60, 1), Studies.records("service", 2, 8, 60, 2));
            RunSpec run =
                    Studies.run("service", "service-run", ModelShape.esm2(1, 16, 2), Studies.recipe(1), corpus, 30, 60);
            Studies.jobs(run, 15).forEach(job -> topics.send(1, job));
            await().atMost(PATIENCE).until(() -> completed(topics.events("service")));
            List<TrainingEvent> events = topics.events("service");
            List<TrainingEvent.HeldOutEvaluated> finals = events.stream()
                    .filter(TrainingEvent.HeldOutEvaluated.class::isInstance)
                    .map(TrainingEvent.HeldOutEvaluated.class::cast)
                    .toList();
            assertThat(finals).hasSize(2);
            assertThat(finals.get(1).lossNats()).isLessThan(finals.get(0).lossNats());
            assertThat(events.stream().filter(TrainingEvent.StepCompleted.class::isInstance))
                    .hasSize(60);
            assertThat(events.getLast()).isInstanceOf(TrainingEvent.SliceCompleted.class);
            aModelIsTakenAwayAndTrainedOn(topics, run);
        }
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'training' }.data.secondsSinceLastPoll", lessThan(600));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("trainer_steps_total 180.0"))
                .body(containsString("trainer_loss_nats{run=\"service-run\",study=\"service\"}"))
                .body(containsString("trainer_jobs_total{outcome=\"published\"} 6.0"));
    }

    @Test
    void noRequestIsTheServicesFailureAndNoAnswerTellsOfItsInside() throws Exception {
        HostileRequests requests = new HostileRequests(service, Map.of("runId", "none"));
        assertThat(requests.failures()).isEmpty();
        assertThat(requests.sent()).isGreaterThan(100);
    }

    /** Out by REST, in again by REST, and a run that begins with it: its first loss is what the exported model would lose. */
    private static void aModelIsTakenAwayAndTrainedOn(StudyTopics topics, RunSpec run) {
        given().get("/models")
                .then()
                .statusCode(200)
                .body("runId", hasItem("service-run"))
                .body("find { it.runId == 'service-run' }.step", equalTo(60));
        byte[] zip = given().get("/models/service-run")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
        given().get("/models/service-run?budget=3000").then().statusCode(200);
        given().get("/models/service-run?budget=7")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("budget of 7"));
        given().get("/models/none").then().statusCode(404).body("detail", containsString("run none"));
        given().contentType("application/zip")
                .body(new byte[] {1, 2, 3})
                .post("/models")
                .then()
                .statusCode(400)
                .body("field", equalTo("config.json"));
        String weights = given().contentType("application/zip")
                .body(zip)
                .post("/models")
                .then()
                .statusCode(201)
                .body("shape.dModel", equalTo(16))
                .extract()
                .path("initialWeights");
        given().contentType("application/zip")
                .body(zip("model-cfg-layers-1e9"))
                .post("/models")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("config.json"))
                .body("detail", containsString("num_hidden_layers is 1000000000"));
        given().get("/models/service-run/pseudo-perplexity?sequences=3")
                .then()
                .statusCode(200)
                .body("step", equalTo(60))
                .body("measure", equalTo("pseudo-perplexity"))
                .body("perplexity", greaterThan(1f))
                .body("perplexity", lessThan(40f));
        given().get("/models/service-run/pseudo-perplexity?sequences=0")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        RunSpec again = beginningWith(run, "again", null);
        RunSpec warm = beginningWith(run, "warm", weights);
        for (RunSpec each : List.of(again, warm)) {
            Studies.jobs(each, 60).forEach(job -> topics.send(0, job));
            await().atMost(PATIENCE).until(() -> completed(topics.events(each.studyId())));
        }
        assertThat(firstLoss(topics, again)).isEqualTo(firstLoss(topics, run));
        assertThat(firstLoss(topics, warm)).isLessThan(firstLoss(topics, run));
    }

    private static byte[] zip(String model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String file : List.of("config.json", "vocab.txt", "model.safetensors")) {
                zip.putNextEntry(new ZipEntry(file));
                try (var in = TrainerServiceTest.class.getResourceAsStream("/models/" + model + "/" + file)) {
                    Objects.requireNonNull(in, file).transferTo(zip);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static RunSpec beginningWith(RunSpec run, String id, @Nullable String weights) {
        return new RunSpec(
                id, id, id, run.shape(), run.recipe(), run.corpus(), run.budgets(), run.expectedFlops(), weights);
    }

    private static double firstLoss(StudyTopics topics, RunSpec run) {
        return topics.events(run.studyId()).stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .map(event -> ((TrainingEvent.StepCompleted) event).lossNats())
                .findFirst()
                .orElseThrow();
    }

    private static boolean completed(List<TrainingEvent> events) {
        return events.stream()
                .anyMatch(event ->
                        event instanceof TrainingEvent.RunStateChanged change && change.state() == RunState.COMPLETED);
    }
}
