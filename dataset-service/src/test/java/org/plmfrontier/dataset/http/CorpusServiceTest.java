package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;

/** Corpora as users of the service see them. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CorpusServiceTest extends ServiceScene {
    @Test
    void everyResidueReachesTheTokenLogsExactlyOnce() {
        List<TokenBatch> training = Topic.batches(Topics.tokens(corpus));
        List<TokenBatch> heldOut = Topic.batches(Topics.heldOut(corpus));
        List<TokenBatch> all = new ArrayList<>(training);
        all.addAll(heldOut);
        assertThat(Sequences.letters(all)).isEqualTo(proteins.stream().sorted().toList());
        assertThat(Sequences.letters(heldOut)).hasSize(20);
        assertThat(training).extracting(TokenBatch::index).isSorted().doesNotHaveDuplicates();
        assertThat(training.getLast().index()).isEqualTo(training.size() - 1);
        assertThat(training).allMatch(batch -> batch.paddedLoad().tokens() <= 512);
        assertThat(training).allMatch(batch -> batch.corpusId().equals(corpus));
    }

    @Test
    void theManifestSaysWhatTheLogsHold() {
        List<TokenBatch> training = Topic.batches(Topics.tokens(corpus));
        JsonPath manifest = given().get("/corpora/" + corpus).then().extract().jsonPath();
        assertThat(manifest.getLong("manifest.records")).isEqualTo(training.size());
        assertThat(manifest.getLong("manifest.tokens"))
                .isEqualTo(training.stream()
                        .mapToLong(batch -> batch.tokens().length)
                        .sum());
        assertThat(manifest.getLong("manifest.heldOutRecords"))
                .isEqualTo(Topic.batches(Topics.heldOut(corpus)).size());
        assertThat(manifest.getLong("manifest.counts.kept")).isEqualTo(400);
        assertThat(manifest.getLong("manifest.counts.heldOut")).isEqualTo(20);
        assertThat(manifest.getDouble("manifest.references.unigramNats")).isBetween(2.9, 3.1);
    }

    @Test
    void askingAgainForTheSameCorpusGivesTheOneThatIsThere() {
        long before = Topic.read(Topics.tokens(corpus)).size();
        Path copy = Fasta.write(folder.resolve("copy.fasta"), proteins);
        ask(copy, "").statusCode(200).body("id", equalTo(corpus)).body("state", equalTo("READY"));
        assertThat(Topic.read(Topics.tokens(corpus))).hasSize((int) before);
    }

    @Test
    void aCorpusThatCannotBeReadFailsWithItsReason() {
        Path few = Fasta.write(folder.resolve("few.fasta"), Fasta.proteins(5, 40, 50, SEED));
        String id = ask(few, "").statusCode(202).extract().path("id");
        Awaitility.await()
                .untilAsserted(() -> given().get("/corpora/" + id)
                        .then()
                        .body("state", equalTo("FAILED"))
                        .body("error", containsString("5 usable proteins")));
    }

    @Test
    void impossibleCorporaAreRefusedWithTheirField() {
        refused("/corpora", "{\"sources\":[\"/no/such.fasta\"]}", "sources[0]", "not a readable file");
        refused("/corpora", "{\"sources\":[]}", "sources", "at least one");
        refused("/corpora", "{\"sources\":[\"/x\"],\"maxLength\":2}", "maxLength", "at least 3");
        refused("/corpora", "{\"sources\":[\"/x\"],\"batchTokens\":10}", "batchTokens", "maxLength");
        refused("/corpora", "{\"sources\":[\"/x\"],\"seedd\":10}", "seedd", "seedd");
        refused("/corpora", "{\"sources\":[\"/x\"],\"seed\":\"x\"}", "seed", "of the wrong kind");
        given().contentType(ContentType.JSON)
                .body("{\"sources")
                .post("/corpora")
                .then()
                .statusCode(400);
        given().get("/corpora/nothing").then().statusCode(404).contentType("application/problem+json");
        given().get("/nothing").then().statusCode(404);
    }

    @Test
    void theServiceIsHealthyAndDescribesItself() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/openapi?format=json").then().statusCode(200).body("paths.'/studies'.post", notNullValue());
        given().get("/corpora/" + corpus).then().body("error", nullValue()).body("progress", nullValue());
    }
}
