package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.runtime.digest.Sha256;

/** Evaluations of a study, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class StudyEvaluationsTest extends ServiceScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    StudyEvaluations evaluations;

    @Test
    void aStateIsAskedForOnceAtTheEndOfItsBudgetAndItsFilesLieOnTheirTopics() throws Exception {
        byte[] scores = new byte[EvaluationData.PART_BYTES + 1000];
        new Random(SEED).nextBytes(scores);
        submit(with(study("measured", "2000"), one("scan", Files.write(folder.resolve("scan.csv"), scores))))
                .statusCode(201);
        List<BatchJob> ofRun = jobs("measured").values().iterator().next();
        String run = ofRun.getFirst().run().runId();
        assertThat(evaluationJobs(run)).isEmpty();
        train(ofRun);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(evaluationJobs(run)).hasSize(1));
        EvaluationJob job = evaluationJobs(run).getFirst();
        assertThat(job.record()).isEqualTo(ofRun.getLast().toRecord());
        assertThat(job.evaluation().name()).isEqualTo("scan");
        assertThat(job.evaluation().option("scoring")).contains("masked-marginals");
        EvaluationData kept = job.evaluation().data("scores").getFirst();
        assertThat(kept.bytes()).isEqualTo(scores.length);
        assertThat(content(kept)).isEqualTo(scores);
        assertThat(evaluations.askDue()).isZero();
        given().get("/scaling")
                .then()
                .body("waitingEvaluations", greaterThanOrEqualTo(1))
                .body("usefulTrainers", greaterThanOrEqualTo(1));
        given().get("/studies/measured/evaluations")
                .then()
                .statusCode(200)
                .body("size()", equalTo(1))
                .body("[0].kind", equalTo("variant-effect"))
                .body("[0].hash", equalTo(job.evaluation().hash()))
                .body("[0].asked", equalTo(1));
    }

    @Test
    void oneThatIsAddedLaterIsAskedOfBudgetsThatHaveEndedAndOneThatIsRemovedOfNone() throws Exception {
        submit(study("measured-later", "2000,4000")).statusCode(201);
        List<BatchJob> ofRun = jobs("measured-later").values().iterator().next();
        String run = ofRun.getFirst().run().runId();
        train(ofRun);
        Path file = Files.writeString(folder.resolve("later.csv"), "mutant,DMS_score\nA1F,11\n");
        String body = "[" + one("later", file) + "]";
        post("/studies/measured-later/evaluations", body).statusCode(200).body("[0].name", equalTo("later"));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(evaluationJobs(run)).hasSize(2));
        post("/studies/measured-later/evaluations", body).statusCode(200);
        assertThat(evaluations.askDue()).isZero();
        Path other = Files.writeString(folder.resolve("other.csv"), "mutant,DMS_score\nA1D,1\n");
        post("/studies/measured-later/evaluations", "[" + one("later", other) + "]")
                .statusCode(409)
                .body("detail", containsString("later"));
        String refused = Topics.evaluationData(Sha256.hex(Files.readAllBytes(other)));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Topic.names()).doesNotContain(refused));
        String topic = Topics.evaluationData(evaluationJobs(run)
                .getFirst()
                .evaluation()
                .data("scores")
                .getFirst()
                .sha256());
        given().delete("/studies/measured-later/evaluations/later").then().statusCode(204);
        given().delete("/studies/measured-later/evaluations/later").then().statusCode(404);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Topic.names()).doesNotContain(topic));
        post("/studies/measured-later/evaluations", body).statusCode(200);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(evaluationJobs(run)).hasSize(4));
    }

    @Test
    void thePreviewSaysOfHowManyStatesAnEvaluationIsAsked() throws Exception {
        Path file = Files.writeString(folder.resolve("previewed.csv"), "mutant,DMS_score\nA1E,7\n");
        post("/studies?preview=true", with(study("previewed", "2000,4000"), one("previewed", file)))
                .statusCode(200)
                .body("choices", hasItem(containsString("1 of each of 4 states")));
        assertThat(Topic.names()).doesNotContain(Topics.evaluationData(Sha256.hex(Files.readAllBytes(file))));
    }

    @Test
    void whatIsWrongIsRefusedWithItsPlaceAndTheStudyIsNotSubmitted() throws Exception {
        Path file = Files.writeString(folder.resolve("right.csv"), "mutant,DMS_score\nA1G,13\n");
        String right = one("right", file);
        refused(with(study("unmeasured", "2000"), right.replace("variant-effect", "variants")), "kind");
        refused(with(study("unmeasured", "2000"), right.replace("\"wildType\"", "\"wild\"")), "files.wildType");
        refused(with(study("unmeasured", "2000"), right.replace("scoring", "score")), "options.score");
        refused(with(study("unmeasured", "2000"), right.replace("\"right\"", "\"Not Right\"")), "name");
        refused(with(study("unmeasured", "2000"), one("gone", folder.resolve("gone.csv"))), "files.scores[0]");
        given().get("/studies/unmeasured").then().statusCode(404);
    }

    private static void refused(String body, String field) {
        submit(body).statusCode(400).body("field", equalTo("evaluations[0]." + field));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static String with(String study, String evaluation) {
        return study.substring(0, study.length() - 1) + ",\"evaluations\":[" + evaluation + "]}";
    }

    private static String one(String name, Path scores) throws IOException {
        Path wildType = Files.writeString(folder.resolve("wild.fasta"), ">wild\nACDEF\n");
        return """
                {"name":"%s","kind":"variant-effect","files":{"scores":"%s","wildType":["%s"]},
                 "options":{"scoring":"masked-marginals","offset":0}}""".formatted(name, scores, wildType);
    }

    private void train(List<BatchJob> jobs) {
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            for (BatchJob job : jobs) {
                long step = job.toRecord() / job.run().recipe().recordsPerStep();
                TrainingEvent done = new TrainingEvent.SliceCompleted(
                        job.run().studyId(),
                        job.run().runId(),
                        job.slice(),
                        step,
                        job.toRecord(),
                        1000.0 * step,
                        1e9 * step,
                        "a",
                        "t",
                        Instant.now());
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(Topics.EVENTS, done.runId(), WireFormat.encode(done));
                EventFormat.headers(done, "/test")
                        .forEach((name, value) -> record.headers().add(name, value));
                producer.send(record);
            }
            producer.flush();
        }
    }

    private static List<EvaluationJob> evaluationJobs(String run) throws Exception {
        List<EvaluationJob> jobs = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.EVALUATION_JOBS)) {
            if (record.key().equals(run)) {
                jobs.add(WireFormat.decode(record.value(), EvaluationJob.class));
            }
        }
        return jobs;
    }

    private static byte[] content(EvaluationData file) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (ConsumerRecord<String, byte[]> part : Topic.read(Topics.evaluationData(file.sha256()))) {
            content.write(part.value());
        }
        return content.toByteArray();
    }
}
