package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.ingest.CorpusEvent;
import org.plmfrontier.dataset.kafka.KafkaClients;
import org.plmfrontier.dataset.kafka.KafkaTopics;

/** What becomes of corpora after they are made, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CorpusLifeTest {
    private static final long SEED = 77;
    private static final String SHAPE = "{\"family\":\"ESM2\",\"layers\":1,\"dModel\":16,\"ffnSize\":64,\"heads\":2}";

    @TempDir
    static Path folder;

    @TestHTTPResource("/")
    URI service;

    @Inject
    KafkaClients clients;

    @Inject
    KafkaTopics topics;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @Test
    void aFileThatIsSentBecomesACorpus() throws Exception {
        Path file = Fasta.write(folder.resolve("sent.fasta"), Fasta.proteins(120, 10, 60, SEED + 40));
        String address = given().contentType(ContentType.BINARY)
                .queryParam("name", "sent.fasta")
                .body(Files.readAllBytes(file))
                .post("/uploads")
                .then()
                .statusCode(201)
                .body("bytes", equalTo((int) Files.size(file)))
                .extract()
                .path("address");
        assertThat(Path.of(address)).hasSameBinaryContentAs(file);
        String corpus = ready(Path.of(address));
        given().get("/corpora/" + corpus).then().body("manifest.sources[0].path", endsWith("/sent.fasta"));
        given().get("/pages").then().body("uploads", equalTo(true));
    }

    @Test
    void aFileWithoutANameIsRefused() {
        given().contentType(ContentType.BINARY)
                .body(new byte[] {'>'})
                .post("/uploads")
                .then()
                .statusCode(400)
                .body("field", equalTo("name"));
    }

    @Test
    void aRequestThatIsLargerThanAnyIsRefused() throws Exception {
        String large = "{\"sources\":[" + "\"aaaaaaaaaaaa\",".repeat(1 << 20) + "\"a\"]}";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.resolve("/corpora"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(large))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the body, a text, a number or the nesting is too long");
    }

    @Test
    void aCorpusIsVerifiedAndACorruptBatchIsFoundAndNamed() {
        String corpus = ready(1);
        verification(corpus)
                .body("sound", equalTo(true))
                .body("training.defectCount", equalTo(0))
                .body("disagreements", hasSize(0));
        TokenBatch stray = new TokenBatch(corpus, 0, new byte[] {1, 5, 2}, new int[] {3});
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topics.tokens(corpus), 0, null, null, new byte[] {1, 6, 2});
            stray.headers().forEach((name, value) -> record.headers().add(name, value));
            Future<RecordMetadata> unused = producer.send(record);
        }
        verification(corpus)
                .body("sound", equalTo(false))
                .body("training.defectCount", equalTo(1))
                .body("training.defects[0]", containsString("is corrupt: header crc32c"));
    }

    @Test
    void aCorpusIsDeletedWithItsLogsUnlessAStudyUsesIt() {
        String corpus = ready(2);
        given().delete("/corpora/" + corpus).then().statusCode(204);
        given().get("/corpora/" + corpus).then().statusCode(404);
        given().delete("/corpora/" + corpus).then().statusCode(404);
        assertThat(topics.exists(Topics.tokens(corpus))).isFalse();
        assertThat(ready(2)).isEqualTo(corpus);
        post("/studies", study("user", corpus, 2000)).statusCode(201);
        given().delete("/corpora/" + corpus)
                .then()
                .statusCode(409)
                .body("detail", equalTo("corpus " + corpus + " is used by user"));
    }

    @Test
    void whatBecomesOfACorpusIsTold() throws UndecodableException {
        String corpus = ready(7);
        given().delete("/corpora/" + corpus).then().statusCode(204);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> published(corpus).getLast().value() == null);
        List<CorpusState> states = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : published(corpus)) {
            if (record.value() != null) {
                states.add(WireFormat.decode(record.value(), CorpusEvent.class).state());
            }
        }
        assertThat(states).startsWith(CorpusState.INGESTING).endsWith(CorpusState.READY);
    }

    private static List<ConsumerRecord<String, byte[]>> published(String corpus) {
        return Topic.read(Topics.CORPUS_EVENTS).stream()
                .filter(record -> record.key().equals(corpus))
                .toList();
    }

    @Test
    void aCorpusThatTheBrokerLostIsNoticedWhenAStudyIsSubmittedAndMadeAgain() {
        String corpus = ready(3);
        topics.delete(Topics.tokens(corpus));
        post("/studies", study("late", corpus, 2000))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("has failed: the broker has lost it: its token log holds 0 of"));
        given().get("/corpora/" + corpus)
                .then()
                .body("error", containsString("the broker has lost it: its token log holds 0 of"));
        assertThat(ready(3)).isEqualTo(corpus);
        post("/studies", study("late", corpus, 2000)).statusCode(201);
    }

    @Test
    void strictRefusesWhatIsOnlyOdd() {
        String corpus = ready(4);
        for (String query : List.of("strict=true", "strict=true&preview=true")) {
            post("/studies?" + query, study("odd", corpus, 5_000_000))
                    .statusCode(400)
                    .body("field", equalTo("tokenBudgets"))
                    .body("detail", containsString("repeated data teach next to nothing"))
                    .body("detail", containsString("strict=true"));
        }
        given().get("/studies/odd").then().statusCode(404);
        String even = study("even", corpus, 20_000).replace("frontier-default", "serrano-2024");
        post("/studies?strict=true", even).statusCode(201).body("warnings", hasSize(0));
        post("/studies", study("odd", corpus, 5_000_000))
                .statusCode(201)
                .body("warnings[0]", containsString("repeated data"));
        post("/studies/odd/commands", "{\"action\":\"STOP\",\"reason\":\"odd\",\"by\":\"test\"}")
                .statusCode(202);
    }

    @Test
    void aPreviewCostsNothingAndSaysFlopsAndTimeAndEpochs() {
        String corpus = ready(4);
        double flops = post("/studies?preview=true&flopsPerSecond=1e6", study("seen", corpus, 50_000))
                .statusCode(200)
                .body("flopsPerSecond", equalTo(1e6f))
                .body("runs", hasSize(1))
                .extract()
                .jsonPath()
                .getDouble("expectedFlops");
        double seconds = post("/studies?preview=true&flopsPerSecond=1e6", study("seen", corpus, 50_000))
                .extract()
                .jsonPath()
                .getDouble("seconds");
        assertThat(seconds).isCloseTo(flops / 1e6, org.assertj.core.data.Percentage.withPercentage(0.01));
        float epochs = post("/studies?preview=true", study("seen", corpus, 50_000))
                .extract()
                .path("runs[0].epochs");
        assertThat(epochs).isGreaterThan(3);
        post("/studies?preview=true", study("seen", corpus, 50_000))
                .body("runs[0].deviceHours", greaterThan(0f))
                .body("runs[0].memoryBytes", greaterThan(0f));
        given().get("/studies/seen").then().statusCode(404);
        post("/studies?preview=true&flopsPerSecond=0", study("seen", corpus, 2000))
                .statusCode(400)
                .body("field", equalTo("flopsPerSecond"));
    }

    @Test
    void everyOptionIsCheckedWithItsField() {
        refused("\"preset\":\"serrano-2024/UniRef99\"", "preset", "UniRef50");
        refused("\"maxUnknownShare\":2", "maxUnknownShare", "must lie in [0, 1], got 2.0");
        refused("\"cluster\":{\"identity\":2,\"coverage\":0.8,\"method\":\"CLUSTER\"}", "cluster.identity", "(0, 1]");
        refused("\"cluster\":{\"identity\":0.5,\"coverage\":0.8,\"method\":\"GUESS\"}", "cluster.method", "GUESS");
        refused("\"sample\":{\"sequences\":5,\"tokens\":5}", "sample", "either sequences or tokens");
        refused("\"identifierPattern\":\"(\"", "identifierPattern", "no regular expression of RE2 syntax");
    }

    @Test
    void browsersAreSentToThePageAndPeersGetJson() {
        String corpus = ready(5);
        given().redirects()
                .follow(false)
                .accept(ContentType.HTML)
                .get("/corpora/" + corpus)
                .then()
                .statusCode(303)
                .header("Location", endsWith("/corpora.html#" + corpus));
        given().get("/corpora/" + corpus)
                .then()
                .contentType(ContentType.JSON)
                .body("manifest.identity", nullValue())
                .body("manifest.logs.unigramEntropyNats", org.hamcrest.Matchers.greaterThan(2.9f));
        given().get("/corpora.html").then().statusCode(200).body(containsString("Left out, and why"));
    }

    @Test
    void eventsWaitWhileTheDatabaseIsGoneAndAreAppliedWhenItIsBack() throws SQLException {
        String corpus = ready(6);
        String run = post("/studies", study("patient", corpus, 2000))
                .statusCode(201)
                .extract()
                .path("runs[0].runId");
        String name = database.substring(database.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
        String other = database.replace("/" + name, "/postgres");
        try (Connection connection = DriverManager.getConnection(other);
                Statement statement = connection.createStatement()) {
            statement.execute("alter database \"" + name + "\" with allow_connections false");
            try {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
                send(new TrainingEvent.RunStateChanged(
                        "patient", run, RunState.TRAINING, 0, "", Instant.parse("2026-01-01T00:00:00Z")));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> given().get("/scaling").then().statusCode(500));
            } finally {
                statement.execute("alter database \"" + name + "\" with allow_connections true");
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/studies/patient")
                        .then()
                        .statusCode(200)
                        .body("runs[0].state", equalTo("TRAINING")));
        given().get("/q/health/live").then().statusCode(200);
    }

    private void send(TrainingEvent event) {
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
            EventFormat.headers(event, "/test")
                    .forEach((name, value) -> record.headers().add(name, value));
            Future<RecordMetadata> unused = producer.send(record);
        }
    }

    private static ValidatableResponse verification(String corpus) {
        return given().post("/corpora/" + corpus + "/verification").then().statusCode(200);
    }

    private static void refused(String option, String field, String detail) {
        post("/corpora", "{\"sources\":[\"/x\"]," + option + "}")
                .statusCode(400)
                .body("field", equalTo(field))
                .body("detail", containsString(detail));
    }

    private static String study(String id, String corpus, int budget) {
        return """
                {"id":"%s","corpus":"%s","shapes":[%s],"tokenBudgets":[%d],"recipe":"frontier-default"}""".formatted(id, corpus, SHAPE, budget);
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static String ready(int number) {
        List<String> proteins = Fasta.proteins(200, 30, 60, SEED + number);
        return ready(Fasta.write(folder.resolve(number + ".fasta"), proteins));
    }

    private static String ready(Path file) {
        String id = post("/corpora", """
                {"sources":["%s"],"heldOutSequences":20,"maxLength":64,"batchTokens":512,"minLength":5}""".formatted(file)).extract().path("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/corpora/" + id).then().body("state", equalTo("READY")));
        return id;
    }
}
