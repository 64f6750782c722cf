package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

@QuarkusTest
class StudyResourceTest extends ServiceTest {
    private static final PlantedStudy SIX = PlantedStudy.ofSix("rest", 240, 5);

    @BeforeEach
    void publishOnce() {
        if (studies.find("rest").isEmpty()) {
            publishAndAwait(SIX);
        }
    }

    @Test
    void listsStudies() {
        given().get("/studies").then().statusCode(200).body("id", hasItem("rest"));
    }

    @Test
    void tellsAStudyWithItsRuns() {
        given().get("/studies/rest")
                .then()
                .statusCode(200)
                .body("study", equalTo("rest"))
                .body("state", equalTo("COMPLETED"))
                .body("references.unigramNats", equalTo(2.891f))
                .body("runs", hasSize(6))
                .body("runs[0].parameters.table6", equalTo(27456))
                .body("runs[0].step", equalTo(240))
                .body("runs[0].lossNats", greaterThan(2.3f))
                .body("runs[0].heldOutNats", greaterThan(2.3f))
                .body("runs.plateau.reason", everyItem(notNullValue()))
                .body("doneFlops", greaterThan(0f));
    }

    @Test
    void givesAtMostAsManyCurvePointsAsAsked() {
        given().queryParam("points", 50)
                .get("/studies/rest/curves")
                .then()
                .statusCode(200)
                .body("", hasSize(6))
                .body("points*.size()", everyItem(lessThanOrEqualTo(50)))
                .body("[0].points[0].step", equalTo(1))
                .body("[0].points[10].smoothedNats", greaterThan(2f))
                .body("[0].finals", hasSize(3));
    }

    @Test
    void givesAllPointsAsCsv() {
        String csv = given().accept("text/csv")
                .get("/studies/rest/curves")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        List<String> lines = csv.lines().toList();
        StepCompleted first = (StepCompleted) SIX.training().stream()
                .filter(event -> event instanceof StepCompleted && event.runId().equals("rest-0"))
                .findFirst()
                .orElseThrow();
        assertThat(lines.getFirst()).isEqualTo("run,N,D,C,loss,step,lr");
        assertThat(lines.get(1))
                .isEqualTo("rest-0,27456," + first.tokens() + "," + first.computeFlops() + "," + first.lossNats()
                        + ",1,0.0");
        assertThat(lines)
                .hasSize(1
                        + (int) SIX.training().stream()
                                .filter(StepCompleted.class::isInstance)
                                .count());
    }

    @Test
    void tellsThePartsOfMaskedLossesAndWhatEachFamilyIsComparedWith() {
        if (studies.find("parts-rest").isEmpty()) {
            publishAndAwait(PlantedStudy.ofTwoFamilies("parts-rest", 60, 5).withParts());
        }
        given().get("/studies/parts-rest")
                .then()
                .statusCode(200)
                .body("references.masked.frequenciesNats", equalTo(2.716f))
                .body("comparisons.family", equalTo(List.of("CAUSAL", "ESM2")))
                .body("comparisons[0].lines.name", equalTo(List.of("uniform", "frequencies", "markov")))
                .body("comparisons[0].lines[2].lossNats", equalTo(2.872f))
                .body("comparisons[0].onMask", hasSize(0))
                .body("comparisons[1].lines.name", equalTo(List.of("uniform", "frequencies", "neighbours")))
                .body("comparisons[1].lines[1].lossNats", equalTo(2.716f))
                .body("comparisons[1].onMask[0].lossNats", equalTo(2.892f))
                .body("runs.find { it.runId == 'parts-rest-0' }.heldOutParts.mask.residues", equalTo(24_000))
                .body("runs.find { it.runId == 'parts-rest-1' }.heldOutParts", nullValue());
        given().get("/studies/parts-rest/curves")
                .then()
                .statusCode(200)
                .body("find { it.runId == 'parts-rest-0' }.finals[0].parts", nullValue())
                .body("find { it.runId == 'parts-rest-0' }.finals[2].parts.unchanged.residues", equalTo(3150))
                .body("find { it.runId == 'parts-rest-1' }.finals.parts", everyItem(nullValue()));
        given().get("/studies/parts-rest/report")
                .then()
                .statusCode(200)
                .body(containsString("\"heldOutParts\":{\"mask\":{"));
    }

    @Test
    void aCorpusOfOldHasNoLineOfAnotherTask() {
        given().get("/studies/rest")
                .then()
                .statusCode(200)
                .body("comparisons.family", equalTo(List.of("ESM2")))
                .body("comparisons[0].lines.name", equalTo(List.of("uniform")))
                .body("comparisons[0].note", containsString("not computed"));
    }

    @Test
    void theCsvHasThePartsBesideTheStepsWhereABudgetEndedAndIsTakenByAnImport() {
        PlantedStudy planted = PlantedStudy.ofTwoFamilies("parts-csv", 60, 5).withParts();
        if (studies.find("parts-csv").isEmpty()) {
            publishAndAwait(planted);
        }
        String csv = given().accept("text/csv").get("/studies/parts-csv/curves").asString();
        List<String> lines = csv.lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("run,N,D,C,loss,step,lr,group,selected_nats,mask_nats,mask_residues,random_nats,"
                        + "random_residues,unchanged_nats,unchanged_residues");
        List<String> told = lines.stream()
                .filter(line -> line.startsWith("parts-csv-0,") && !line.endsWith(",,,,,,,"))
                .toList();
        assertThat(told).hasSize(3);
        assertThat(told.getFirst()).endsWith(",,,,,,");
        HeldOutEvaluated last = planted.training().stream()
                .filter(event -> event.runId().equals("parts-csv-0"))
                .filter(HeldOutEvaluated.class::isInstance)
                .map(HeldOutEvaluated.class::cast)
                .reduce((early, late) -> late)
                .orElseThrow();
        assertThat(told.getLast())
                .endsWith(",ESM2," + last.lossNats() + "," + last.parts().mask().lossNats() + ",24000,"
                        + last.parts().random().lossNats() + ",2850,"
                        + last.parts().unchanged().lossNats() + ",3150");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(15));
        given().contentType("text/csv")
                .queryParam("study", "parts-csv-again")
                .body(csv)
                .post("/imports")
                .then()
                .statusCode(201);
        given().get("/studies/parts-csv-again").then().statusCode(200).body("runs", hasSize(10));
        String lastLoss = "find { it.%s == 'parts-csv-0' }.points[-1].lossNats";
        Number own = given().get("/studies/parts-csv/curves").path(lastLoss.formatted("runId"));
        given().get("/studies/parts-csv-again/curves").then().body(lastLoss.formatted("name"), equalTo(own));
    }

    @Test
    void tellsTheFrontierWithIntervalsAndConvention() {
        given().get("/studies/rest/frontier")
                .then()
                .statusCode(200)
                .body("method", equalTo("a1"))
                .body("convention.parameters", equalTo("TABLE_6"))
                .body("a.low", notNullValue())
                .body("a.level", equalTo(0.95f))
                .body("points[0].nOpt.value", greaterThan(0f))
                .body("envelope.size()", greaterThan(10))
                .body("envelope[0].runId", containsString("rest-"))
                .body("seed", equalTo(1))
                .body("eventsSeen", greaterThan(100));
    }

    @Test
    void tellsFitsPlateauAndRecommendation() {
        given().get("/studies/rest/fits")
                .then()
                .statusCode(200)
                .body("[0].coefficients.lnNCoefficient", notNullValue());
        given().get("/studies/rest/plateau").then().statusCode(200).body("plateau.verdict", hasSize(6));
        given().queryParam("budgetFlops", "1e13")
                .get("/studies/rest/recommendation")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("FITTED"))
                .body("point.nOpt.value", greaterThan(1000f));
    }

    @Test
    void recommendsByEachMethodAndTogetherOnlyIfTheyAgree() {
        given().queryParam("budgetFlops", "1e13")
                .get("/studies/rest/recommendation")
                .then()
                .statusCode(200)
                .body("methods.method", equalTo(List.of("a1", "a2", "a3", "kaplan")))
                .body("methods[0].point.nOpt.low", greaterThan(0f))
                .body("methods[0].extrapolated", equalTo(false))
                .body("consensus.outcome", notNullValue());
    }

    @Test
    void saysSoOutsideWhatWasTrainedAndRefusesFarOutside() {
        given().queryParam("budgetFlops", "5e14")
                .get("/studies/rest/recommendation")
                .then()
                .statusCode(200)
                .body("note", containsString("extrapolation"));
        given().queryParam("budgetFlops", "1e25")
                .get("/studies/rest/recommendation")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("field", equalTo("budgetFlops"))
                .body("detail", containsString("more than a factor 100"));
    }

    @Test
    void fitsOfAllMethodsCarryTheirConvergenceOrTheirReason() {
        given().get("/studies/rest/fits")
                .then()
                .statusCode(200)
                .body("method", equalTo(List.of("a1", "a2", "a3", "kaplan", "ln", "lc")))
                .body(
                        "findAll { it.outcome == 'FITTED' && it.method != 'ln' && it.method != 'lc' }.a",
                        everyItem(notNullValue()))
                .body("findAll { it.outcome != 'FITTED' }.reason", everyItem(notNullValue()))
                .body("eventsSeen", everyItem(greaterThan(100)));
        given().get("/studies/rest/families")
                .then()
                .statusCode(200)
                .body("[0].family", equalTo("ESM2"))
                .body("[0].pooled.verdict", notNullValue())
                .body("[0].plateauCosts.outcome", equalTo("NOT_IDENTIFIABLE"))
                .body("[0].plateauCosts.reason", containsString("needs"))
                .body("[0].catalog.outside", greaterThan(0))
                .body("[0].consensus.budgetFlops", greaterThan(1e12f));
    }

    @Test
    void saysWhyThereIsNoFrontierWithOneRun() {
        publishAndAwait(PlantedStudy.ofMany("one", 1, 60, 5));
        given().get("/studies/one/frontier")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("NOT_IDENTIFIABLE"))
                .body("reason", notNullValue());
    }

    @Test
    void takesThirtyRuns() {
        publishAndAwait(PlantedStudy.ofMany("thirty", 30, 60, 5));
        given().get("/studies/thirty").then().statusCode(200).body("runs", hasSize(30));
        given().get("/studies/thirty/curves").then().statusCode(200).body("", hasSize(30));
    }

    @Test
    void errorsAreProblemDetails() {
        problem("/studies/nope", 404, "there is no study 'nope'");
        problem("/studies/nope/live", 404, "there is no study 'nope'");
        given().get("/studies/rest/curves?points=1").then().statusCode(400).body("field", equalTo("points"));
        given().get("/studies/rest/recommendation?budgetFlops=-1")
                .then()
                .statusCode(400)
                .body("field", equalTo("budgetFlops"))
                .body("detail", containsString("-1"));
        given().get("/studies/rest/recommendation").then().statusCode(400).body("field", equalTo("budgetFlops"));
    }

    @Test
    void theReportNeedsNothingButItself() {
        given().get("/studies/rest/report")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("\"study\":{\"study\":\"rest\""))
                .body(containsString("data:text/javascript;base64,"))
                .body(not(containsString("src=\"/")))
                .body(not(containsString("href=\"/")));
    }

    @Test
    void metricsFollowPrometheusNames() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("plm_events_consumed_total"))
                .body(containsString("plm_dead_letters_total"))
                .body(containsString("plm_refit_seconds_count"))
                .body(
                        containsString(
                                "plm_frontier_exponent{bound=\"low\",exponent=\"a\",family=\"ESM2\",method=\"a1\",study=\"rest\"}"))
                .body(containsString("plm_runs{state=\"COMPLETED\",study=\"rest\"} 6.0"))
                .body(containsString("plm_study_remaining_flops{study=\"rest\"} 0.0"))
                .body(not(containsString("plm_run_loss{run=\"rest-0\"")));
    }

    @Test
    void describesItselfAndItsHealth() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("/studies/{id}/frontier"));
        given().get("/q/health/ready").then().statusCode(200);
    }

    private static void problem(String path, int status, String detail) {
        given().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", equalTo(detail));
    }
}
