package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

@QuarkusTest
class PapersTest extends ServiceTest {
    private static final String TABLE_6 = "rows.find { it.place == 'Table 6' }.words";

    @Test
    void eachFigureOfThePaperHasAValueOrAReasonAndNeverBoth() {
        publishAndAwait(PlantedStudy.ofSix("papers", 120, 5));
        List<Map<String, Object>> rows = given().get("/studies/papers/papers")
                .then()
                .statusCode(200)
                .body("paper", equalTo(List.of("serrano-2024", "cheng-2024-mlm")))
                .body("family", everyItem(equalTo("ESM2")))
                .body("[0].caveats", hasItem(containsString("Cheng et al. 2024")))
                .body("[0]." + TABLE_6, startsWith("5.036M, 15.54M, 33.44M, 48.97M, 99.75M, 147.9M, 298.2M, 650.5M"))
                .body("[0].rows.find { it.place == 'Table 5' }.words", startsWith("1.17, "))
                .body("[0].rows.find { it.place == 'Table 4' }.words", containsString("parameters"))
                .body("[0].rows.find { it.place == 'Section 3.3' }.words", containsString("nats)"))
                .extract()
                .path("[0].rows");
        assertThat(rows).hasSizeGreaterThan(20).allSatisfy(row -> {
            long said = List.of("here", "words", "reason").stream()
                    .filter(field -> row.get(field) != null)
                    .count();
            assertThat(said).as("%s", row).isEqualTo(1);
        });
        assertThat(rows)
                .extracting(row -> row.get("place"))
                .contains("Table 1, Eq. 1", "Table 2", "Table 3", "Figure 3");
    }

    @Test
    void thePapersAreThoseAboutWhatAFamilyLearns() {
        publishAndAwait(PlantedStudy.ofTwoFamilies("papers-both", 60, 5));
        given().get("/studies/papers-both/papers")
                .then()
                .body("findAll { it.family == 'CAUSAL' }.paper", equalTo(List.of("cheng-2024-clm", "chinchilla")))
                .body("findAll { it.family == 'ESM2' }.paper", hasSize(2));
    }

    @Test
    void theReportHasThem() {
        publishAndAwait(PlantedStudy.ofSix("papers-report", 60, 5));
        String report = given().get("/studies/papers-report/report").asString();
        assertThat(report).contains("Are Protein Language Models Compute Optimal?");
    }

    @Test
    void ofAFileThereAreNoPlans() {
        given().contentType("text/csv")
                .queryParam("study", "papers-file")
                .body("run,N,D,C,loss\na,1e6,1e8,6e14,3.1\nb,2e6,1e8,12e14,3.0\n".getBytes(UTF_8))
                .post("/imports")
                .then()
                .statusCode(201);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> given().get("/studies/papers-file/papers").then().body("", hasSize(2)));
        given().get("/studies/papers-file/papers")
                .then()
                .body("[0].rows.find { it.place == 'Table 3' }.reason", equalTo("a file does not say it"))
                .body("[0].rows.find { it.place == 'Section 3.1' }.here", nullValue())
                .body("[0].rows.find { it.place == 'Section 3.1' }.reason", notNullValue())
                .body("[0].rows.find { it.place == 'Section 3.1' }.reason", not(containsString("null")));
        given().get("/studies/papers-nowhere/papers").then().statusCode(404);
    }
}
