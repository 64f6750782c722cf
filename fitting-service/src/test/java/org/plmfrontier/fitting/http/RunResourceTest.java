package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

@QuarkusTest
class RunResourceTest extends ServiceTest {
    private static final PlantedStudy SIX = PlantedStudy.ofSix("one-run", 120, 5);
    private static final RunSpec FIRST = SIX.specs().getFirst();
    private static final String RUN = "/studies/one-run/runs/" + FIRST.runId();

    @BeforeEach
    void publishOnce() {
        if (studies.find("one-run").isEmpty()) {
            publishAndAwait(SIX);
        }
    }

    @Test
    void tellsARunWithItsStateItsEvaluationsAndItsRecipe() {
        given().get(RUN)
                .then()
                .statusCode(200)
                .body("runId", equalTo(FIRST.runId()))
                .body("state", equalTo("COMPLETED"))
                .body("plan.seed", equalTo((int) FIRST.recipe().seed()))
                .body("plan.epochTokens", equalTo((float) FIRST.corpus().tokens()))
                .body("change.state", equalTo("COMPLETED"))
                .body("change.at", notNullValue())
                .body("evaluations", hasSize(3))
                .body("evaluations[0].lossNats", greaterThan(2f))
                .body("specification.recipe.name", equalTo(FIRST.recipe().name()))
                .body("specification.recipe.schedule", notNullValue())
                .body("specification.corpus", equalTo(FIRST.corpus().id()))
                .body("specification.tokenBudgets", hasSize(3))
                .body("specification.hash", equalTo(FIRST.specification()));
    }

    @Test
    void givesItsStepsWithWhatNoFitNeeds() {
        StepCompleted last = (StepCompleted) SIX.training().stream()
                .filter(event ->
                        event instanceof StepCompleted step && step.runId().equals(FIRST.runId()) && step.step() == 120)
                .findFirst()
                .orElseThrow();
        given().queryParam("points", 50)
                .get(RUN + "/steps")
                .then()
                .statusCode(200)
                .body("size()", lessThanOrEqualTo(52))
                .body("[0].step", equalTo(1))
                .body("[1].step", equalTo(3))
                .body("[-1].step", equalTo(120))
                .body("[-1].lossNats", equalTo((float) last.lossNats()))
                .body("gradientNorm", everyItem(notNullValue()))
                .body("tokensPerSecond", everyItem(greaterThan(0f)))
                .body(
                        "[-1].at",
                        equalTo(last.at().truncatedTo(ChronoUnit.MICROS).toString()));
        given().get(RUN + "/steps").then().body("", hasSize(120));
    }

    @Test
    void tellsWhoTrainedItOnWhatAndItsChangesOfState() {
        given().get(RUN + "/history")
                .then()
                .statusCode(200)
                .body("spans", hasSize(1))
                .body("spans[0].trainer", equalTo("planted"))
                .body("spans[0].device.name", equalTo("planted device"))
                .body("spans[0].device.peakFlops", equalTo(1e15f))
                .body("spans[0].firstSlice", equalTo(0))
                .body("spans[0].lastSlice", greaterThan(0))
                .body("spans[0].checkpoint", containsString(FIRST.runId()))
                .body("changes[-1].state", equalTo("COMPLETED"))
                .body("refusals", hasSize(0));
        given().get("/studies/one-run/runs/nobody/history").then().statusCode(404);
    }

    @Test
    void ofAFileThereIsWhatTheFileSays() {
        given().contentType("text/csv")
                .queryParam("study", "one-run-of-a-file")
                .body("run,N,D,C,loss\na,1e6,1e8,6e14,3.1\na,1e6,2e8,12e14,3.0\n".getBytes(UTF_8))
                .post("/imports")
                .then()
                .statusCode(201);
        String run = given().get("/studies/one-run-of-a-file")
                .then()
                .body("runs[0].plan", nullValue())
                .extract()
                .path("runs[0].runId");
        given().get("/studies/one-run-of-a-file/runs/" + run)
                .then()
                .statusCode(200)
                .body("specification", nullValue())
                .body("change", nullValue())
                .body("evaluations", hasSize(1));
        given().get("/studies/one-run-of-a-file/runs/" + run + "/steps")
                .then()
                .body("", hasSize(2))
                .body("lossNats", equalTo(List.of(3.1f, 3.0f)))
                .body("tokensPerSecond", everyItem(nullValue()))
                .body("at", everyItem(nullValue()));
    }

    @Test
    void namesWhatIsNotThere() {
        given().get("/studies/one-run/runs/nobody")
                .then()
                .statusCode(404)
                .body("detail", equalTo("study 'one-run' has no run 'nobody'"));
        given().get("/studies/no-such-study/runs/nobody/steps").then().statusCode(404);
        given().queryParam("points", 1)
                .get(RUN + "/steps")
                .then()
                .statusCode(400)
                .body("detail", containsString("points must be 2 to 20000"));
    }

    @Test
    void theListOfStudiesHasHowFarEachIsAndItsLowestLoss() {
        given().get("/studies")
                .then()
                .body("find { it.id == 'one-run' }.runs", equalTo(6))
                .body("find { it.id == 'one-run' }.runsOver", equalTo(6))
                .body("find { it.id == 'one-run' }.imported", equalTo(false))
                .body("find { it.id == 'one-run' }.updatedAt", notNullValue())
                .body("find { it.id == 'one-run' }.best", hasSize(1))
                .body("find { it.id == 'one-run' }.best[0].family", equalTo("ESM2"))
                .body("find { it.id == 'one-run' }.best[0].lossNats", lessThanOrEqualTo(lowest()));
    }

    private float lowest() {
        return studies.find("one-run").orElseThrow().knownRuns().stream()
                .flatMap(run -> run.curve().finals().stream())
                .map(end -> (float) end.lossNats())
                .min(Float::compare)
                .orElseThrow();
    }
}
