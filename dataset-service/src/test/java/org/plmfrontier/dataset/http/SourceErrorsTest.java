package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.StackResource;

/** What is wrong with sources, as REST says it. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class SourceErrorsTest {
    @TempDir
    static Path folder;

    @Test
    void aCorpusThatFailedShowsItsFindingsAndSoDoesOneWithAnEmptySource() throws IOException {
        Path good = Fasta.write(folder.resolve("good.fasta"), Fasta.proteins(60, 30, 60, 5));
        Path empty = Files.createFile(folder.resolve("empty.fasta"));
        Path json = Files.writeString(folder.resolve("answer.fasta"), "{\"results\": []}");
        over(ask(good, empty), "READY")
                .body("findings.type", hasItems("EMPTY_FILE"))
                .body("findings[0].files[0].file", equalTo(empty.toString()))
                .body("manifest.findings[0].count", equalTo(1));
        over(ask(good, empty, json), "FAILED")
                .body("error", startsWith(json + " looks like JSON, not like FASTA; "))
                .body("findings.type", hasItems("EMPTY_FILE", "NOT_FASTA"))
                .body("findings[1].first.detail", startsWith("looks like JSON"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://[::1                    | is no valid address",
                "/data/\\u0000.fasta            | holds the character NUL",
                "/data/*\\u0000                 | holds the character NUL",
                "https://ann:pa55@host/\\u0000 | holds the character NUL",
                "https://ann:pa55@/x            | https://***@/x is no valid address",
                "ftp://ann:pa55@host/x?key=pa55 | ftp://***@host/x?*** is neither",
                "/data/x#sha256=pa55            | must be followed by 64 hexadecimal digits"
            })
    void anAddressThatIsNoneIsABadRequestWithoutItsCredentials(String address, String detail) {
        post("[\"" + address + "\"]")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("sources[0]"))
                .body("detail", containsString(detail))
                .body("detail", not(containsString("pa55")));
    }

    @Test
    void aSourceThatIsNoTextIsABadRequest() {
        post("[\"/etc/hostname\", null]").statusCode(400).body("field", equalTo("sources[1]"));
    }

    private static String ask(Path... sources) {
        StringBuilder list = new StringBuilder();
        for (Path source : sources) {
            list.append(list.isEmpty() ? "" : ",").append('"').append(source).append('"');
        }
        return post("[" + list + "]").extract().path("id");
    }

    private static ValidatableResponse over(String id, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/corpora/" + id).then().body("state", equalTo(state)));
        return given().get("/corpora/" + id).then();
    }

    private static ValidatableResponse post(String sources) {
        return given().contentType(ContentType.JSON)
                .body("{\"sources\":" + sources + ",\"heldOutSequences\":5,\"maxLength\":64,\"batchTokens\":512}")
                .post("/corpora")
                .then();
    }
}
