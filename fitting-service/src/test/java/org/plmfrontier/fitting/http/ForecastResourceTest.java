package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

/** Forecasts over REST. */
@QuarkusTest
class ForecastResourceTest extends ServiceTest {
    @Test
    void aRunBeyondTheDataIsForecastWithItsIntervalAndItsPast() {
        imported("forecast-grid", 7);
        double truth = loss(2.56e8, 5.12e9);
        given().get("/studies/forecast-grid/forecast?parameters=2.56e8&tokens=5.12e9")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("FITTED"))
                .body("reason", nullValue())
                .body("lossNats.low", lessThan((float) truth))
                .body("lossNats.high", greaterThan((float) truth))
                .body("lossNats.level", equalTo(0.95f))
                .body("from.losses", equalTo(28))
                .body("from.beyond", greaterThan(7f))
                .body("from.weights", hasKey("HOFFMANN"))
                .body("from.backtest[0].k", equalTo(2))
                .body("from.backtest[0].coverage", greaterThan(0.5f));
    }

    @Test
    void tooFewLossesSayWhatIsMissing() {
        imported("forecast-few", 2);
        given().get("/studies/forecast-few/forecast?parameters=1e9&tokens=1e9")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("NOT_IDENTIFIABLE"))
                .body(
                        "reason",
                        equalTo("a forecast needs at least 10 final losses, there are 8: more sizes or budgets"))
                .body("lossNats", nullValue())
                .body("from", nullValue());
        given().get("/studies/forecast-few/answer")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("NOT_IDENTIFIABLE"))
                .body("decidingRuns.size()", equalTo(2))
                .body("decidingRuns[0].widthAfter", equalTo(0f))
                .body("best", nullValue());
    }

    @Test
    void impossibleQuestionsAreRefusedWithTheirField() {
        imported("forecast-far", 5);
        given().get("/studies/forecast-far/forecast?parameters=1e12&tokens=1e15")
                .then()
                .statusCode(422)
                .body("field", equalTo("tokens"))
                .body(
                        "detail",
                        containsString("times the largest that was trained; at most 10000.0 times are forecast"));
        given().get("/studies/forecast-far/forecast?parameters=0&tokens=1e9")
                .then()
                .statusCode(400)
                .body("field", equalTo("parameters"));
        given().get("/studies/forecast-far/forecast?parameters=1e9")
                .then()
                .statusCode(400)
                .body("detail", equalTo("tokens is missing"));
        given().get("/studies/forecast-none/forecast?parameters=1e9&tokens=1e9")
                .then()
                .statusCode(404);
    }

    @Test
    void aBudgetHasOneAnswerWithItsIntervalsAndSaysHowFlatItIs() {
        imported("answer-grid", 7);
        double budget = 6 * 2.56e8 * 5.12e9;
        double best = Math.pow(0.34 * 400 / (0.36 * 900), 1 / 0.7) * Math.pow(budget / 6, 0.36 / 0.7);
        given().get("/studies/answer-grid/answer?budgetFlops=" + budget)
                .then()
                .statusCode(200)
                .body("outcome", equalTo("FITTED"))
                .body("best.parameters.low", lessThan((float) best))
                .body("best.parameters.high", greaterThan((float) best))
                .body("best.tokens.level", equalTo(0.95f))
                .body("best.lossNats.low", lessThan((float) loss(best, budget / 6 / best)))
                .body("best.lossNats.high", greaterThan((float) loss(best, budget / 6 / best)))
                .body("best.halfSizeCostsNats", greaterThan(0f))
                .body("best.halfSizeComputeShare", greaterThan(0.5f))
                .body("best.halfSizeComputeShare", lessThan(1f))
                .body("best.twiceSizeComputeShare", lessThan(1f))
                .body("from.current", equalTo(true))
                .body("from.ageSeconds", lessThan(180f))
                .body("$", hasKey("decidingRuns"))
                .body("from.losses", equalTo(28));
        given().get("/studies/answer-grid/answer").then().statusCode(200).body("from.beyond", equalTo(10f));
        given().get("/studies/answer-grid/answer?budgetFlops=1e30")
                .then()
                .statusCode(422)
                .body("field", equalTo("budgetFlops"));
        given().get("/studies/answer-grid/answer?budgetFlops=x").then().statusCode(400);
    }

    @Test
    void whatOtherSizesCostHasIntervalsThatHoldIt() {
        imported("answer-other-sizes", 7);
        double budget = 6 * 2.56e8 * 5.12e9;
        JsonPath best = given().get("/studies/answer-other-sizes/answer?budgetFlops=" + budget)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        double size = best.getDouble("best.parameters.value");
        double least = loss(size, budget / 6 / size);
        assertOtherSize(best, "half", loss(size / 2, budget / 6 / size * 2) - least);
        assertOtherSize(best, "twice", loss(size * 2, budget / 6 / size / 2) - least);
    }

    private static void assertOtherSize(JsonPath answer, String name, double truth) {
        String size = "best." + name + "Size";
        double costs = answer.getDouble(size + "CostsNats");
        assertThat(answer.getDouble(size + ".costsNats.value")).isEqualTo(costs);
        assertThat(truth)
                .isBetween(answer.getDouble(size + ".costsNats.low"), answer.getDouble(size + ".costsNats.high"));
        assertThat(answer.getDouble(size + ".costsNats.level")).isEqualTo(0.95);
        double share = answer.getDouble(size + "ComputeShare");
        assertThat(answer.getDouble(size + ".computeShare")).isEqualTo(share);
        assertThat(answer.getDouble(size + ".computeShareLow")).isLessThan(share);
        assertThat(answer.getDouble(size + ".computeShareHigh")).isGreaterThan(share);
    }

    @Test
    void aStudyIsComparedWithAnotherAsAFactorOfCompute() {
        imported("compare-one", 7);
        imported("compare-other", 7, Math.sqrt(2));
        given().get("/studies/compare-one/effective-compute?with=compare-other")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("FITTED"))
                .body("other.study", equalTo("compare-other"))
                .body("factor.low", lessThan(2f))
                .body("factor.high", greaterThan(2f))
                .body("factor.value", greaterThan(1.5f));
        given().get("/studies/compare-one/effective-compute")
                .then()
                .statusCode(400)
                .body("field", equalTo("with"));
        given().get("/studies/compare-one/effective-compute?with=compare-none")
                .then()
                .statusCode(404);
        given().get("/studies/compare-one/effective-compute?with=compare-other&budgetFlops=1e40")
                .then()
                .statusCode(422);
    }

    @Test
    void theBacktestHasEachForecastWithWhatCameAndThePlainIntervalsBesideIt() {
        imported("backtest-grid", 7);
        given().get("/studies/backtest-grid/backtest")
                .then()
                .statusCode(200)
                .body("study", equalTo("backtest-grid"))
                .body("losses", equalTo(28))
                .body("level", equalTo(0.95f))
                .body("$", not(hasKey("outcome")))
                .body("rows[0].k", equalTo(2))
                .body("rows[0].coverage", greaterThan(0.5f))
                .body("plain[0].k", equalTo(2))
                .body("points[0].forecast.lossNats", greaterThan(1.8f))
                .body("points[0].lossNats", greaterThan(1.8f))
                .body("points.size()", greaterThan(20));
        imported("backtest-few", 2);
        given().get("/studies/backtest-few/backtest")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("NOT_IDENTIFIABLE"))
                .body("reason", containsString("there are 8 final losses; a backtest needs more than 10"))
                .body("points.size()", equalTo(0));
        given().get("/studies/backtest-none/backtest").then().statusCode(404);
    }

    @Test
    void unfinishedRunsHaveTheLossesThatTheyWillEndWith() {
        PlantedStudy planted = PlantedStudy.ofSix("forecast-runs", 400, 3);
        String last = planted.specs().getLast().runId();
        List<TrainingEvent> training = planted.training();
        List<TrainingEvent> own =
                training.stream().filter(event -> event.runId().equals(last)).toList();
        publish(planted.plans());
        publish(training.stream().filter(event -> !event.runId().equals(last)).toList());
        publish(own.subList(0, own.size() / 3));
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(
                        () -> given().get("/studies/forecast-runs/run-forecasts")
                                .path("lossNats.value.size()"),
                        Integer.valueOf(1)::equals);
        given().get("/studies/forecast-runs/run-forecasts")
                .then()
                .statusCode(200)
                .body("runId", equalTo(List.of(last)))
                .body("[0].outcome", equalTo("FITTED"))
                .body("[0].lossNats.low", greaterThan(2f))
                .body("[0].budgetTokens", equalTo((float)
                        planted.specs().getLast().budgets().getLast().tokens()));
        String report = given().get("/studies/forecast-runs/report").asString();
        assertThat(report)
                .contains("\"answers\":[{\"study\":\"forecast-runs\"")
                .contains("\"backtests\":[{\"study\":\"forecast-runs\"")
                .contains("\"runForecasts\":[{\"runId\":\"" + last);
        publish(own.subList(own.size() / 3, own.size()));
        awaitAll(planted);
        given().get("/studies/forecast-runs/run-forecasts")
                .then()
                .statusCode(200)
                .body("size()", equalTo(0));
        given().get("/studies/no-such-runs/run-forecasts").then().statusCode(404);
    }

    private static void imported(String study, int sizes) {
        imported(study, sizes, 1);
    }

    /** @param worth every run ends as one of so many times its size and its tokens */
    private static void imported(String study, int sizes, double worth) {
        StringBuilder text = new StringBuilder("run,N,D,C,loss\n");
        for (int i = 0; i < sizes * 4; i++) {
            double parameters = 1e6 * Math.pow(2, Math.floorDiv(i, 4));
            double tokens = parameters * 5 * Math.pow(2, i % 4);
            text.append("r%d,%s,%s,%s,%s\n"
                    .formatted(
                            i, parameters, tokens, 6 * parameters * tokens, loss(worth * parameters, worth * tokens)));
        }
        given().contentType("text/csv")
                .queryParam("study", study)
                .body(text.toString())
                .post("/imports")
                .then()
                .statusCode(201);
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> given().get("/studies/" + study).path("fitIsCurrent"), Boolean.TRUE::equals);
    }

    private static double loss(double parameters, double tokens) {
        return 1.8 + 400 / Math.pow(parameters, 0.34) + 900 / Math.pow(tokens, 0.36);
    }
}
