package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.EventWriter;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.progress.ProgressCounters;
import org.plmfrontier.fitting.study.Study;

@QuarkusTest
class ProgressResourceTest extends ServiceTest {
    /** Long enough for several fits of a study that is due. */
    private static final Duration SEVERAL_FITS = Duration.ofSeconds(1);

    @TestHTTPResource("/studies/provisional/live")
    URI stream;

    @Inject
    ProgressCounters counters;

    @Test
    void whatIsNotCommittedIsShownAtOnceAndChangesNoFitAndNoFile() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("provisional", 60, 5);
        List<TrainingEvent> training = planted.training();
        List<TrainingEvent> first =
                training.stream().filter(ProgressResourceTest::isBeforeStep31).toList();
        publish(planted.plans());
        publish(first);
        Study study = awaitFitted("provisional", first);
        Map<String, String> before = answers("provisional");
        List<String> lines = new CopyOnWriteArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Stream<String> body = client.send(HttpRequest.newBuilder(stream).build(), BodyHandlers.ofLines())
                    .body();
            Thread reader = Thread.ofVirtual().start(() -> body.forEach(lines::add));
            publishProvisional(
                    training.stream().filter(event -> !isBeforeStep31(event)).toList());

            await().atMost(TIMEOUT).until(() -> shown("provisional-0").contains("\"step\":60"));
            await().atMost(TIMEOUT).until(() -> lines.contains("event:progress"));
            assertThat(lines.get(lines.indexOf("event:progress") + 1))
                    .contains("\"runId\":\"provisional-", "\"whole\":true", "\"committedStep\":", "\"trainer\":\"t1\"");
            await().pollDelay(SEVERAL_FITS).until(() -> true);
            assertThat(studies.find("provisional").orElseThrow().revision()).isEqualTo(study.revision());
            assertThat(answers("provisional")).isEqualTo(before);

            publish(training);
            awaitAll(planted);
            await().atMost(TIMEOUT).until(() -> shown("provisional-0").equals("[]"));
            client.shutdownNow();
            reader.join();
        }
        publishAndAwait(PlantedStudy.ofSix("never-shown", 60, 5));
        assertThat(answers("provisional"))
                .as("the same as of a study of the same law without provisional steps")
                .isEqualTo(answers("never-shown"));
    }

    @Test
    void aRecordThatIsNoneIsCountedAndTheRestFlows() {
        publish(PlantedStudy.ofMany("beside-noise", 1, 60, 1).plans());
        long before = counters.undecodableRecords();
        try (EventWriter writer = new EventWriter(bootstrapServers)) {
            EventWriter.createTopic(bootstrapServers, Topics.PROGRESS);
            await().atMost(TIMEOUT).until(() -> {
                writer.publish(new ProducerRecord<>(Topics.PROGRESS, "x", "{\"runId\":".getBytes(UTF_8)));
                return counters.undecodableRecords() > before;
            });
        }
        publishProvisional(PlantedStudy.ofMany("beside-noise", 1, 60, 1).training());
        await().atMost(TIMEOUT)
                .until(() ->
                        given().get("/studies/beside-noise/progress").asString().contains("\"step\":20"));
    }

    @Test
    void anUnknownStudyIsNotFound() {
        given().get("/studies/nobody/progress").then().statusCode(404).body("detail", containsString("nobody"));
    }

    private static boolean isBeforeStep31(TrainingEvent event) {
        return event instanceof StepCompleted step && step.step() <= 30;
    }

    private Study awaitFitted(String id, List<TrainingEvent> steps) {
        await().atMost(TIMEOUT)
                .until(() -> studies.find(id).stream()
                                .flatMap(study -> study.knownRuns().stream())
                                .mapToLong(run -> run.curve().size())
                                .sum()
                        == steps.size());
        await().atMost(TIMEOUT).until(() -> {
            Study study = studies.find(id).orElseThrow();
            return refitter.fit(study)
                    .filter(fit -> fit.study().revision() == study.revision())
                    .isPresent();
        });
        return studies.find(id).orElseThrow();
    }

    private static String shown(String run) {
        List<Object> views = given().get("/studies/provisional/progress")
                .jsonPath()
                .getList("findAll { it.runId == '" + run + "' }");
        return views.isEmpty()
                ? "[]"
                : given().get("/studies/provisional/progress").asString();
    }

    /** What is computed from a study, with its name and its place in the log taken out. */
    private static Map<String, String> answers(String study) {
        return Map.of(
                "frontier", answer(study, "/frontier", "application/json"),
                "fits", answer(study, "/fits", "application/json"),
                "plateau", answer(study, "/plateau", "application/json"),
                "curves", answer(study, "/curves", "text/csv"));
    }

    private static String answer(String study, String path, String type) {
        String body = given().accept(type)
                .get("/studies/" + study + path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return body.replace(study, "STUDY").replaceAll("\"asOf\":\"[^\"]*\"", "");
    }

    private void publishProvisional(List<TrainingEvent> events) {
        EventWriter.createTopic(bootstrapServers, Topics.PROGRESS);
        try (EventWriter writer = new EventWriter(bootstrapServers)) {
            events.stream()
                    .filter(StepCompleted.class::isInstance)
                    .map(StepCompleted.class::cast)
                    .forEach(step -> writer.publish(record(step)));
        }
    }

    private static ProducerRecord<String, byte[]> record(StepCompleted step) {
        ProvisionalStep provisional = new ProvisionalStep(
                step.step(),
                step.tokens(),
                step.computeFlops(),
                step.executedFlops(),
                step.lossNats() / 2,
                step.learningRate(),
                step.gradientNorm(),
                step.at());
        return new ProducerRecord<>(
                Topics.PROGRESS,
                step.runId(),
                WireFormat.encode(
                        new ProvisionalSteps(step.studyId(), step.runId(), 3, 5, "t1", List.of(provisional))));
    }
}
