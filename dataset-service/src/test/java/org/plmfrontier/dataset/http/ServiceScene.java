package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.kafka.KafkaClients;
import org.plmfrontier.dataset.study.JobLog;

/** A small corpus in the service, on a real broker and a real database, and what a user asks of it. */
abstract class ServiceScene {
    static final long SEED = 20240611;
    static final String SMALL = "{\"family\":\"ESM2\",\"layers\":1,\"dModel\":16,\"ffnSize\":64,\"heads\":2}";
    static final String LARGE = "{\"family\":\"ESM2\",\"layers\":2,\"dModel\":64,\"ffnSize\":256,\"heads\":4}";

    @TempDir
    static Path folder;

    @Inject
    KafkaClients clients;

    @Inject
    JobLog jobLog;

    List<String> proteins;
    String corpus;

    @BeforeEach
    void aSmallCorpus() {
        System.out.println("seed " + SEED);
        proteins = Fasta.proteins(400, 10, 60, SEED);
        corpus = ready(Fasta.write(folder.resolve("small.fasta"), proteins));
    }

    static Map<String, List<BatchJob>> jobs(String study) {
        Map<String, List<BatchJob>> jobs = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.JOBS)) {
            try {
                BatchJob job = WireFormat.decode(record.value(), BatchJob.class);
                if (job.run().studyId().equals(study)) {
                    jobs.computeIfAbsent(job.run().runId(), key -> new ArrayList<>())
                            .add(job);
                }
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
        }
        return jobs;
    }

    String study(String id, String budgets) {
        return """
                {"id":"%s","corpus":"%s","shapes":[%s,%s],"tokenBudgets":[%s],
                 "recipe":{"name":"frontier-default","threads":1},"seeds":[7]}""".formatted(id, corpus, SMALL, LARGE, budgets);
    }

    static ValidatableResponse submit(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/studies").then();
    }

    static void refused(String path, String body, String field, String detail) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field))
                .body("detail", containsString(detail));
    }

    static ValidatableResponse ask(Path file, String more) {
        return given().contentType(ContentType.JSON)
                .body("""
                        {"sources":["%s"],"heldOutSequences":20,"maxLength":64,"batchTokens":512,"seed":3,"minLength":5%s}""".formatted(file, more))
                .post("/corpora")
                .then();
    }

    static String ready(Path file) {
        String id = ask(file, "").extract().path("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/corpora/" + id).then().body("state", equalTo("READY")));
        return id;
    }
}
