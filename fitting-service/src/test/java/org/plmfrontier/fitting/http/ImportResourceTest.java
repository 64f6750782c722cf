package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.PlantedTable;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.study.ImportedStudy;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyArchive;

@QuarkusTest
class ImportResourceTest extends ServiceTest {
    @Inject
    ImportStore store;

    @Inject
    StudyArchive archive;

    @Test
    void anImportedSurfaceHasThePageAndTheRestOfALiveStudy() {
        imported("surface", surface(5))
                .statusCode(201)
                .body("id", equalTo("surface"))
                .body("runs", equalTo(35));
        awaitFit("surface");
        given().get("/studies/surface")
                .then()
                .body("state", equalTo("COMPLETED"))
                .body("imported.rows", equalTo(35))
                .body("runs[0].size", equalTo(1e6f))
                .body("runs[0].heldOutNats", greaterThan(1f));
        given().get("/studies/surface/fits?methods=a3")
                .then()
                .body("[0].outcome", equalTo("FITTED"))
                .body("[0].coefficients.alpha", notNullValue())
                .body("[0].a.low", notNullValue())
                .body("[0].convergence.gradientNorm", notNullValue())
                .body("[0].convention.compute", equalTo("SIX_ND"))
                .body("[0].used", equalTo(35));
        given().get("/studies/surface/frontier?method=a3").then().body("points[0].nOpt.value", greaterThan(1e3f));
        given().get("/studies/surface/plateau").then().statusCode(200).body("", hasSize(35));
        given().get("/studies/surface/report").then().statusCode(200).body(containsString("\"study\":\"surface\""));
        given().get("/studies/surface/curves").then().statusCode(200).body("", hasSize(35));
    }

    @Test
    void studiesAtRestComeBackAsTheyWereWhetherImportedOrTrained() {
        publishAndAwait(PlantedStudy.ofSix("lain-down", 60, 5));
        imported(
                        "filed-away",
                        given().accept("text/csv")
                                .get("/studies/lain-down/curves")
                                .asString())
                .statusCode(201);
        awaitFit("filed-away");
        for (String id : List.of("lain-down", "filed-away")) {
            Study before = studies.find(id).orElseThrow();
            archive.evict(before);
            Study resting = studies.find(id).orElseThrow();
            assertThat(resting.isEvicted()).isTrue();
            assertThat(archive.load(resting)).isEqualTo(before);
            given().get("/studies/" + id)
                    .then()
                    .body("state", equalTo("COMPLETED"))
                    .body("fitIsCurrent", equalTo(true));
            given().get("/studies/" + id + "/curves").then().statusCode(200).body("[0].points", hasSize(60));
            given().get("/studies/" + id + "/report").then().statusCode(200);
        }
    }

    /** A start reads all imports back; one that could not be read kept the service from ever becoming ready again. */
    @Test
    void aStartReadsEveryImportBackAsItWas() {
        imported("kept-surface", surface(6)).statusCode(201);
        imported("kept-two", "run,N,D,loss\na,1e6,1e9,3.2\nb,2e6,1e9,3.1\n").statusCode(201);
        Map<String, ImportedStudy> read = new HashMap<>();
        store.replay(StepThinning.USUAL, study -> read.put(study.id(), study));
        assertThat(read).containsKeys("kept-surface", "kept-two");
        for (String id : List.of("kept-surface", "kept-two")) {
            assertThat(read.get(id).runs())
                    .isEqualTo(store.read(id, StepThinning.USUAL).runs());
        }
        assertThat(read.get("kept-surface").runs()).hasSize(35);
    }

    @Test
    void aBlankRateOfAFileStaysUnknown() {
        StringBuilder file = new StringBuilder("run,N,D,loss,lr\n");
        for (int row = 1; row <= 40; row++) {
            file.append("r,1e6,")
                    .append(row * 1e7)
                    .append(',')
                    .append(2 + 3.0 / row)
                    .append(row % 2 == 0 ? ",\n" : ",0.001\n");
        }
        imported("half-rated", file.toString()).statusCode(201);
        awaitFit("half-rated");
        given().get("/studies/half-rated/curves")
                .then()
                .body("[0].points[0].learningRate", equalTo(0.001f))
                .body("[0].points[1].learningRate", nullValue())
                .body("[0].finals", hasSize(1));
        String csv =
                given().accept("text/csv").get("/studies/half-rated/curves").asString();
        assertThat(csv.lines().skip(1).filter(line -> line.endsWith(","))).hasSize(20);
        given().get("/studies/half-rated/plateau").then().body("[0].plateau.verdict", equalTo("NOT_YET"));
    }

    @Test
    void curvesOfALiveStudyImportedAgainGiveTheSamePoints() {
        publishAndAwait(PlantedStudy.ofSix("origin", 60, 5));
        String csv = given().accept("text/csv").get("/studies/origin/curves").asString();
        imported("copy", csv).statusCode(201).body("runs", equalTo(6));
        assertThat(store.read("copy", StepThinning.USUAL).runs())
                .allSatisfy(run -> assertThat(run.curve().points())
                        .usingElementComparatorOnFields("step", "tokens", "computeFlops", "lossNats", "learningRate")
                        .isEqualTo(studies.find("origin")
                                .orElseThrow()
                                .runs()
                                .get(run.name())
                                .curve()
                                .points()));
        awaitFit("copy");
        given().get("/studies/copy/frontier")
                .then()
                .body("method", equalTo("a1"))
                .body("a.value", notNullValue());
        String again = given().accept("text/csv").get("/studies/copy/curves").asString();
        assertThat(again.lines().count()).isEqualTo(csv.lines().count());
    }

    @Test
    void anImportedCurveHasOneFinalWhereATrainedRunHasOnePerBudget() {
        publishAndAwait(PlantedStudy.ofSix("three-budgets", 60, 5));
        imported("one-end", PlantedTable.ofContradictingCurves(2)).statusCode(201);
        given().get("/studies/three-budgets/curves").then().body("finals*.size()", everyItem(equalTo(3)));
        given().get("/studies/one-end/curves")
                .then()
                .body("", hasSize(82))
                .body("points*.size()", everyItem(equalTo(22)))
                .body("pointsKept", everyItem(equalTo(22)))
                .body("finals*.size()", everyItem(equalTo(1)))
                .body(
                        "[0].finals[0].tokens",
                        equalTo(given().get("/studies/one-end/curves").path("[0].points[21].tokens")));
    }

    @Test
    void theSameFileTwiceIsOneStudyAndAnotherFileIsRefused() {
        imported("twice", surface(6)).statusCode(201);
        imported("twice", surface(6)).statusCode(200).body("id", equalTo("twice"));
        imported("twice", surface(7)).statusCode(409).body("detail", containsString("another file"));
        publishAndAwait(PlantedStudy.ofMany("trained", 1, 30, 5));
        imported("trained", surface(6)).statusCode(409);
    }

    @Test
    void findingsAreNamedWithRunAndRowAndTheirRowsSetApart() {
        String csv =
                "run,N,D,C,loss\ngood,1e6,1e8,6e14,3.1\nbad,1e6,1e8,6e14,NaN\nover,1e6,2e8,-5,3.0\ngood,1e6,1e8,6e14,3.1\n";
        imported("flawed", csv).statusCode(201).body("runs", equalTo(2));
        given().get("/studies/flawed/findings")
                .then()
                .statusCode(200)
                .body("total", equalTo(3))
                .body("counts.BAD_VALUE", equalTo(1))
                .body("findings[0].row", equalTo(3))
                .body("findings[0].run", equalTo("bad"))
                .body("findings[0].field", equalTo("loss"))
                .body("findings[0].setApart", equalTo(true))
                .body("findings.kind", hasItem("OVERFLOWED_FLOPS"))
                .body("findings.kind", hasItem("DUPLICATE_ROW"));
        given().get("/studies/flawed")
                .then()
                .body("imported.findings", equalTo(3))
                .body("imported.rows", equalTo(2));
    }

    @Test
    void flopsThatFallWhileTokensRiseAreNamedAndSixNdStandsForThem() {
        String csv = "run,N,D,C,loss\nr,1e6,1e8,6e14,3.1\nr,1e6,2e8,12e14,3.0\nr,1e6,4e8,9e14,2.9\n";
        imported("wrapped", csv).statusCode(201);
        given().get("/studies/wrapped/findings")
                .then()
                .body("counts.OVERFLOWED_FLOPS", equalTo(1))
                .body("findings.find { it.kind == 'OVERFLOWED_FLOPS' }.row", equalTo(4));
        given().get("/studies/wrapped/curves").then().body("[0].points[2].computeFlops", equalTo(2.4e15f));
    }

    @Test
    void aResumedRunKeepsItsLaterBranchAsAFileThatIsFittedDoes() {
        StringBuilder csv = new StringBuilder("run,step,N,D,loss\n");
        for (int i = 1; i <= 30; i++) {
            csv.append("r," + i + ",3e6," + i * 1e7 + "," + (3 + 2.0 / i) + "\n");
        }
        for (int i = 21; i <= 25; i++) {
            csv.append("r," + i + ",3e6," + i * 1e7 + "," + (2.9 + 2.0 / i) + "\n");
        }
        csv.append("r,25,3e6,2.5e8,2.75\n");
        imported("resumed", csv.toString()).statusCode(201);
        given().get("/studies/resumed/findings")
                .then()
                .body("counts.RESUMED_RUN", equalTo(1))
                .body("counts.REPEATED_STEP", equalTo(1))
                .body("findings[0].row", equalTo(32))
                .body("findings[0].setApart", equalTo(true));
        given().get("/studies/resumed").then().body("imported.rows", equalTo(25));
        given().get("/studies/resumed/curves")
                .then()
                .body("[0].points.size()", equalTo(25))
                .body("[0].points[24].lossNats", equalTo(2.75f))
                .body("[0].points[20].lossNats", equalTo((float) (2.9 + 2.0 / 21)));
    }

    @Test
    void runsInAnotherUnitAreSetApartAndBlankFlopsAreTheRunsOwn() {
        StringBuilder csv = new StringBuilder("run,N,D,C,loss\n");
        for (int i = 1; i <= 6; i++) {
            csv.append("own,2e6," + i * 1e8 + "," + (i == 3 ? "" : String.valueOf(i * 1.5e15)) + "," + (3 + 1.0 / i)
                    + "\n");
            csv.append("none,4e6," + i * 1e8 + ",," + (2.9 + 1.0 / i) + "\n");
            csv.append("millions,450," + i * 1e8 + "," + i * 2.7e17 + "," + (2.5 + 1.0 / i) + "\n");
        }
        imported("mixed-units", csv.toString()).statusCode(201).body("runs", equalTo(2));
        given().get("/studies/mixed-units/findings")
                .then()
                .body("counts.ABSURD_UNITS", equalTo(1))
                .body("counts.FLOPS_COMPUTED", equalTo(2))
                .body("counts.MIXED_FLOPS", equalTo(1));
        given().get("/studies/mixed-units/curves")
                .then()
                .body("find { it.name == 'own' }.points[2].computeFlops", equalTo(4.5e15f))
                .body("find { it.name == 'none' }.points[2].computeFlops", equalTo(7.2e15f));
        awaitFit("mixed-units");
        given().get("/studies/mixed-units/fits?methods=a3").then().statusCode(200);
    }

    @Test
    void otherDialectsAreReadAndFilesThatAreNoTablesAreNamed() {
        String german = surface(9).replace(',', ';').replace('.', ',');
        imported("german", german).statusCode(201).body("runs", equalTo(35));
        given().get("/studies/german/findings").then().body("counts.NUMBER_FORMAT", equalTo(1));
        imported("none", "{\"run\": 1}").statusCode(400).body("detail", containsString("JSON"));
        imported("none", "C,N_opt\n1e18,1e8\n").statusCode(400).body("detail", containsString("--method optima"));
        imported("none", "run,N,D,loss\na,1e6,1e8,31\nb,2e6,1e8,29\nc,3e6,1e8,28\n")
                .statusCode(400)
                .body("field", equalTo("loss"))
                .body("row", equalTo(2))
                .body("detail", containsString("perplexity"));
        given().get("/studies/none").then().statusCode(404);
    }

    @Test
    void groupsAreFamilies() {
        String csv = surface(8)
                .replace("run,N,D,C,loss", "run,N,D,C,loss,group")
                .replaceAll("(?m)^(n.*[13579])$", "$1,odd")
                .replaceAll("(?m)^(n.*[02468])$", "$1,even");
        imported("grouped", csv).statusCode(201);
        awaitFit("grouped");
        given().get("/studies/grouped").then().body("families", equalTo(java.util.List.of("even", "odd")));
        given().get("/studies/grouped/frontier").then().body("outcome", equalTo("MIXED_FAMILIES"));
    }

    @Test
    void badFilesAreProblemsWithFieldAndRow() {
        imported("nothing", "").statusCode(400).body("field", equalTo("body")).body("detail", containsString("empty"));
        imported("nothing", "run,N,loss\nr,1,2\n").statusCode(400).body("detail", containsString("no column D"));
        imported("nothing", "run,N,D,C,loss\nr,1e6,1e8,6e14,-3\n")
                .statusCode(400)
                .body("field", equalTo("loss"))
                .body("row", equalTo(2))
                .body("detail", containsString("'-3'"));
        imported("Not An Id", surface(5)).statusCode(400).body("field", equalTo("study"));
        given().contentType("text/csv")
                .body(surface(5))
                .post("/imports")
                .then()
                .statusCode(400)
                .body("field", equalTo("study"));
        given().contentType("text/csv")
                .body(surface(5))
                .post("/imports?study=nothing&columns=N=")
                .then()
                .statusCode(400)
                .body("field", equalTo("columns"));
        given().get("/studies/nothing").then().statusCode(404);
    }

    @Test
    void jsonAndOtherHeadersAreTaken() {
        String json = """
                {"study": "from-json", "columns": "N=size,loss=eval/loss",
                 "rows": [{"run": "a, b", "size": 1e6, "tokens": 1e8, "eval/loss": 3.1},
                          {"run": "c", "size": 2e6, "tokens": 1e8, "eval/loss": 3.0}]}
                """;
        given().contentType("application/json")
                .body(json)
                .post("/imports")
                .then()
                .statusCode(201)
                .body("runs", equalTo(2));
        given().contentType("application/json")
                .body(json)
                .post("/imports")
                .then()
                .statusCode(200);
        given().get("/studies/from-json").then().body("runs.name", hasItem("a, b"));
        given().get("/studies/from-json/fits?methods=a2").then().statusCode(200);
        given().contentType("application/json")
                .body("{\"study\": \"x\", \"rows\": 3}")
                .post("/imports")
                .then()
                .statusCode(400)
                .body("field", equalTo("rows"));
    }

    private ValidatableResponse imported(String study, String csv) {
        return given().contentType("text/csv")
                .queryParam("study", study)
                .body(csv)
                .post("/imports")
                .then();
    }

    private void awaitFit(String study) {
        await().atMost(TIMEOUT)
                .until(() -> studies.find(study).flatMap(refitter::fit).isPresent());
    }

    /** Hoffmann's surface with 0.2 % noise, one row per run. */
    private static String surface(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("run,N,D,C,loss\n");
        for (double n = 1e6; n < 1e9; n *= 3) {
            for (double d = 1e8; d < 1e11; d *= 4) {
                double loss = 1.7 + 400 / Math.pow(n, 0.34) + 410 / Math.pow(d, 0.28);
                text.append(String.format(
                        Locale.ROOT,
                        "n%.0f-d%.0f,%s,%s,%s,%.6f%n",
                        n,
                        d,
                        n,
                        d,
                        6 * n * d,
                        loss * Math.exp(0.002 * random.nextGaussian())));
            }
        }
        return text.toString();
    }
}
