package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEventDownstreamEvaluatedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.evaluation.StudyAudits;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.runtime.digest.Sha256;

/** Evaluations of a study, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class StudyEvaluationsTest extends ServiceScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    StudyEvaluations evaluations;

    @Inject
    StudyAudits audits;

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
    void withinRunsSlicesEndWhereItIsWantedAndAStateThatIsAskedOfIsReleasedBehind() throws Exception {
        Path file = Files.writeString(folder.resolve("within.csv"), "mutant,DMS_score\nA1C,3\n");
        String evaluation = everyPercent(one("within", file), 20);
        submit(with(study("measured-within", "200000"), evaluation)).statusCode(201);
        List<BatchJob> ofRun = jobs("measured-within").values().iterator().next();
        String run = ofRun.getFirst().run().runId();
        List<Long> kept = ofRun.stream()
                .filter(BatchJob::keepsState)
                .map(BatchJob::toRecord)
                .toList();
        assertThat(kept).hasSize(4);
        train(ofRun);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(evaluationJobs(run).stream()
                            .filter(job -> job.evaluation() == null)
                            .map(EvaluationJob::record))
                    .containsExactlyElementsOf(kept);
        });
        List<EvaluationJob> all = evaluationJobs(run);
        assertThat(all.stream().filter(job -> job.evaluation() != null).map(EvaluationJob::record))
                .hasSize(5)
                .containsAll(kept)
                .contains(ofRun.getLast().toRecord());
        for (long record : kept) {
            List<EvaluationJob> ofState =
                    all.stream().filter(job -> job.record() == record).toList();
            assertThat(ofState).hasSize(2);
            assertThat(ofState.getLast().evaluation()).isNull();
        }
        given().get("/studies/measured-within/evaluations")
                .then()
                .body("[0].everyPercent", equalTo(20f))
                .body("[0].asked", equalTo(5))
                .body("[0].missed", equalTo(0))
                .body("[0].notes", hasSize(0));
        assertThat(evaluations.askDue()).isZero();
        Path late = Files.writeString(folder.resolve("within-late.csv"), "mutant,DMS_score\nA1D,3\n");
        post("/studies/measured-within/evaluations", "[" + everyPercent(one("late", late), 25) + "]")
                .statusCode(200)
                .body("[1].missed", equalTo(6))
                .body("[1].notes[0]", containsString("at 6 places within runs it is not measured"));
        post("/studies/measured-within/evaluations", "[" + one("within", file) + "]")
                .statusCode(409)
                .body("detail", containsString("with everyPercent 20.0"));
    }

    @Test
    void thePreviewSaysWhatIsKeptForStatesWithinRuns() throws Exception {
        Path file = Files.writeString(folder.resolve("previewed-within.csv"), "mutant,DMS_score\nA1E,8\n");
        String evaluation = everyPercent(one("previewed", file), 20);
        post("/studies?preview=true", with(study("previewed-within", "200000"), evaluation))
                .statusCode(200)
                .body("choices", hasItem(containsString("1 of each of 2 states at the ends of budgets, and 8 at 8")));
        refused(with(study("previewed-within", "2000"), everyPercent(one("previewed", file), 0.5)), "everyPercent");
        refused(with(study("previewed-within", "2000"), everyPercent(one("previewed", file), 51)), "everyPercent");
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
    void thePreviewSaysHowLongEvaluationsTakeAndPrefersWhatWasMeasured() throws Exception {
        Path proteins = Files.writeString(folder.resolve("long.fasta"), ">long\n" + "MKVLAWGGST".repeat(100) + "\n");
        String evaluation = """
                {"name":"heavy","kind":"perplexity","files":{"proteins":"%s"}}""".formatted(proteins);
        String body = with(study("previewed-long", "2000"), evaluation);
        double estimated = post("/studies?preview=true", body)
                .statusCode(200)
                .body("choices", hasItem(containsString("evaluations take about")))
                .body("warnings", hasItem(containsString("more than the")))
                .extract()
                .jsonPath()
                .getDouble("evaluationSeconds");
        assertThat(estimated).isPositive();
        submit(body).statusCode(201);
        List<BatchJob> ofRun = jobs("previewed-long").values().iterator().next();
        train(ofRun);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(evaluationJobs(ofRun.getFirst().run().runId()))
                                .hasSize(1));
        EvaluationJob job = evaluationJobs(ofRun.getFirst().run().runId()).getFirst();
        publish(List.of(TrainingEventDownstreamEvaluatedBuilder.builder()
                .studyId("previewed-long")
                .runId(job.run().runId())
                .step(job.step())
                .tokens(1)
                .computeFlops(1)
                .evaluation(Objects.requireNonNull(job.evaluation()))
                .measures(List.of(new Measure("perplexity", "", 12, 1)))
                .baselines(Map.of())
                .findings(List.of())
                .seconds(5_000_000)
                .trainer("t")
                .at(Instant.now())
                .build()));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            double measured = post("/studies?preview=true", body)
                    .body("choices", hasItem(containsString("1 of 2 states as measured")))
                    .extract()
                    .jsonPath()
                    .getDouble("evaluationSeconds");
            assertThat(measured).isBetween(5_000_000.0, 5_000_000.0 + estimated);
        });
    }

    @Test
    void relativesInTheCorpusAreSearchedInTheBackgroundAndPublishedOnceForEachStudy() throws Exception {
        String known = trainingProtein();
        String stranger = "MKWVTFISLLFLFSSAYSRGVFRRDAHKSEVAHRFKDLGEENFKALVLIAFAQYLQQCPFEDHVK";
        Path proteins =
                Files.writeString(folder.resolve("kin.fasta"), ">known\n" + known + "\n>stranger\n" + stranger + "\n");
        String evaluation = """
                {"name":"kin","kind":"perplexity","files":{"proteins":"%s"}}""".formatted(proteins);
        submit(with(study("measured-kin", "2000"), evaluation)).statusCode(201);
        Awaitility.await()
                .atMost(PATIENCE.multipliedBy(3))
                .untilAsserted(() -> assertThat(relatives("measured-kin")).hasSize(1));
        Relatives found = relatives("measured-kin").getFirst();
        assertThat(found.unknown()).isNull();
        assertThat(found.proteins()).isEqualTo(2);
        assertThat(found.shares())
                .containsExactly(new Relatives.Share(0.3, 1), new Relatives.Share(0.5, 1), new Relatives.Share(0.9, 1));
        submit(with(study("measured-kin-2", "2000"), evaluation)).statusCode(201);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(relatives("measured-kin-2")).containsExactly(found));
        Awaitility.await("audits of other tests' studies, too")
                .atMost(PATIENCE.multipliedBy(3))
                .until(() -> !audits.next());
        assertThat(relatives("measured-kin")).hasSize(1);
        given().get("/studies/measured-kin/evaluations").then().body("[0].asked", equalTo(0));
    }

    /** The longest sequence of the first training record. */
    private String trainingProtein() throws Exception {
        ConsumerRecord<String, byte[]> first = Topic.read(Topics.tokens(corpus)).getFirst();
        Map<String, byte[]> headers = new HashMap<>();
        first.headers().forEach(header -> headers.put(header.key(), header.value()));
        TokenBatch batch = TokenBatch.decode(headers, first.value());
        String longest = "";
        int at = 0;
        for (int length : batch.lengths()) {
            StringBuilder letters = new StringBuilder();
            for (int i = at; i < at + length; i++) {
                if (Vocabulary.isResidue(batch.tokens()[i])) {
                    letters.append(Vocabulary.letterOf(batch.tokens()[i]));
                }
            }
            longest = letters.length() > longest.length() ? letters.toString() : longest;
            at += length;
        }
        return longest;
    }

    private static List<Relatives> relatives(String study) throws Exception {
        List<Relatives> found = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.EVENTS)) {
            if (new String(record.value(), StandardCharsets.UTF_8).contains("relatives")) {
                TrainingEvent.DownstreamEvaluated event =
                        WireFormat.decode(record.value(), TrainingEvent.DownstreamEvaluated.class);
                if (event.studyId().equals(study) && event.relatives() != null) {
                    found.add(event.relatives());
                }
            }
        }
        return found;
    }

    @Test
    void whatIsWrongIsRefusedWithItsPlaceAndTheStudyIsNotSubmitted() throws Exception {
        Path file = Files.writeString(folder.resolve("right.csv"), "mutant,DMS_score\nA1G,13\n");
        String right = one("right", file);
        refused(with(study("unmeasured", "2000"), right.replace("variant-effect", "variants")), "kind");
        refused(with(study("unmeasured", "2000"), right.replace("\"wildType\"", "\"wild\"")), "files.wildType");
        refused(with(study("unmeasured", "2000"), right.replace("scoring", "score")), "options.score");
        refused(
                with(study("unmeasured", "2000"), right.replace("masked-marginals", "wild-type-marginals")),
                "options.scoring");
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

    private static String everyPercent(String evaluation, double percent) {
        return evaluation.substring(0, evaluation.length() - 1) + ",\"everyPercent\":" + percent + "}";
    }

    private void train(List<BatchJob> jobs) {
        List<TrainingEvent> events = new ArrayList<>();
        for (BatchJob job : jobs) {
            events.add(CompletedSlices.of(job));
        }
        publish(events);
    }

    private void publish(List<TrainingEvent> events) {
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            for (TrainingEvent event : events) {
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
                EventFormat.headers(event, "/test")
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
