package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

/** A study that mixes encoders and decoders. */
@QuarkusTest
class FamilyResourceTest extends ServiceTest {
    private static final PlantedStudy MIXED = PlantedStudy.ofTwoFamilies("mixed", 240, 5);

    @BeforeEach
    void publishOnce() {
        if (studies.find("mixed").isEmpty()) {
            publishAndAwait(MIXED);
        }
    }

    @Test
    void aMixedStudyHasOneFrontierPerFamilyAndNoCommonOne() {
        given().get("/studies/mixed/frontier")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("MIXED_FAMILIES"))
                .body("reason", containsString("CAUSAL, ESM2"))
                .body("families.family", equalTo(java.util.List.of("CAUSAL", "ESM2")))
                .body("families[0].envelope.runId", everyItem(startsWith("mixed-")))
                .body("families[0].envelope.parameters.min()", equalTo(42320f));
    }

    @Test
    void aFamilyHasTheFrontierOfItsOwnRunsOnly() {
        String causal = given().get("/studies/mixed/frontier?family=CAUSAL")
                .then()
                .statusCode(200)
                .body("family", equalTo("CAUSAL"))
                .extract()
                .asString();
        assertThat(causal).doesNotContain("mixed-0").doesNotContain("mixed-2").doesNotContain("mixed-4");
    }

    @Test
    void fitsPlateauAndRecommendationAreByFamily() {
        given().get("/studies/mixed/fits")
                .then()
                .statusCode(200)
                .body("family", hasItems("ESM2", "CAUSAL"))
                .body("", hasSize(12));
        given().get("/studies/mixed/fits?family=ESM2&methods=a1,a3")
                .then()
                .statusCode(200)
                .body("method", equalTo(java.util.List.of("a1", "a3")))
                .body("family", everyItem(equalTo("ESM2")));
        given().get("/studies/mixed/plateau?family=ESM2").then().statusCode(200).body("", hasSize(5));
        given().get("/studies/mixed/recommendation?budgetFlops=1e13")
                .then()
                .statusCode(400)
                .body("field", equalTo("family"))
                .body("detail", containsString("CAUSAL, ESM2"));
        given().get("/studies/mixed/recommendation?budgetFlops=1e13&family=ESM2")
                .then()
                .statusCode(200)
                .body("family", equalTo("ESM2"));
    }

    @Test
    void anUnknownFamilyOrMethodIsRefusedByName() {
        given().get("/studies/mixed/frontier?family=LSTM")
                .then()
                .statusCode(400)
                .body("field", equalTo("family"))
                .body("detail", containsString("'LSTM'"));
        given().get("/studies/mixed/fits?methods=a1,a9")
                .then()
                .statusCode(400)
                .body("field", equalTo("methods"))
                .body("detail", containsString("a9"));
    }

    @Test
    void runsCurvesMetricsAndTopicCarryTheFamily() throws Exception {
        given().get("/studies/mixed").then().body("families", hasSize(2)).body("runs[0].family", equalTo("ESM2"));
        given().get("/studies/mixed/curves?points=2").then().body("family", hasItems("ESM2", "CAUSAL"));
        given().accept("text/csv")
                .get("/studies/mixed/curves")
                .then()
                .body(startsWith("run,N,D,C,loss,step,lr,group\n"));
        given().get("/q/metrics")
                .then()
                .body(matchesPattern("(?s).*exponent=\"a\",family=\"CAUSAL\",method=\"[a-z0-9]+\",study=\"mixed\".*"));
        var record = awaitRecord(Topics.FRONTIER, "mixed");
        assertThat(new ObjectMapper().readTree(record.value()).has("families")
                        || new ObjectMapper().readTree(record.value()).has("family"))
                .isTrue();
    }
}
