package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEventDownstreamEvaluatedBuilder;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

@QuarkusTest
class EvaluationsResourceTest extends ServiceTest {
    private static final String METRIC = "evaluations[0].metrics[0]";

    @Test
    void aMetricThatFollowsTheLossIsPredictableAndAnsweredAtABudget() {
        PlantedStudy planted = PlantedStudy.ofSix("useful", 120, 5);
        publishAndAwait(planted);
        publishAndAwaitResults("useful", results(planted, loss -> 0.9 - 0.2 * loss, 0.01));
        given().get("/studies/useful/evaluations")
                .then()
                .statusCode(200)
                .body("evaluations", hasSize(1))
                .body("evaluations[0].kind", equalTo("variant-effect"))
                .body("evaluations[0].files", equalTo(List.of("scan.csv", "scan.fasta")))
                .body("evaluations[0].findings", hasItem("2 rows are set apart"))
                .body(METRIC + ".metric", equalTo("spearman"))
                .body(METRIC + ".states.findAll { it.lossNats == null }", hasSize(0))
                .body(METRIC + ".baselines[0].predictor", equalTo("blosum62"))
                .body(METRIC + ".references.model", hasItem("ESM-2 650M"))
                .body(METRIC + ".fromLoss.outcome", equalTo("PREDICTABLE"))
                .body(METRIC + ".fromLoss.atBudget", nullValue())
                .body(METRIC + ".best.differ", equalTo(false));
        double loss = given().get("/studies/useful/answer?budgetFlops=1e13")
                .jsonPath()
                .getDouble("best.lossNats.value");
        given().get("/studies/useful/evaluations?budgetFlops=1e13")
                .then()
                .body(METRIC + ".fromLoss.atBudget", notNullValue())
                .body(METRIC + ".fromLoss.atBudget.value.toDouble()", closeTo(0.9 - 0.2 * loss, 0.03));
    }

    @Test
    void aMetricThatTurnsHasTwoAnswersAndNoPrediction() {
        PlantedStudy planted = PlantedStudy.ofSix("useful-turn", 120, 6);
        publishAndAwait(planted);
        double[] losses = finals(planted).stream()
                .mapToDouble(HeldOutEvaluated::lossNats)
                .sorted()
                .toArray();
        double turn = losses[0] + 0.4 * (losses[losses.length - 1] - losses[0]);
        publishAndAwaitResults("useful-turn", results(planted, loss -> 0.5 - 2 * (loss - turn) * (loss - turn), 0.001));
        given().get("/studies/useful-turn/evaluations?budgetFlops=1e13")
                .then()
                .body(METRIC + ".fromLoss.outcome", equalTo("NOT_PREDICTABLE"))
                .body(METRIC + ".fromLoss.reason", containsString("worse again"))
                .body(METRIC + ".fromLoss.atBudget", nullValue())
                .body(METRIC + ".best.differ", equalTo(true))
                .body(METRIC + ".best.sentence", containsString("two answers"));
    }

    @Test
    void theSameResultCountsOnceTheTableHasARowForEachAndADeletedStudyHasNone() {
        PlantedStudy planted = PlantedStudy.ofSix("useful-once", 60, 7);
        publishAndAwait(planted);
        List<DownstreamEvaluated> results = results(planted, loss -> 0.3, 0.01);
        publish(results);
        publishAndAwaitResults("useful-once", results);
        String csv = given().get("/studies/useful-once/evaluations?format=csv").asString();
        assertThat(csv.lines().toList())
                .hasSize(1 + results.size() + 1)
                .first()
                .isEqualTo("evaluation,kind,metric,subject,predictor,run,name,N,D,C,step,loss,value,low,high,count"
                        + ",relatives30,relatives50,relatives90");
        given().get("/studies/useful-once/evaluations?format=xml").then().statusCode(400);
        given().get("/studies/no-such/evaluations").then().statusCode(404);
        publish(planted.deletions());
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        given().get("/studies/useful-once/evaluations").then().statusCode(404));
    }

    @Test
    void aStateThatWasGoneIsCountedUntilItIsMeasuredAfterAll() {
        PlantedStudy planted = PlantedStudy.ofSix("useful-gone", 60, 8);
        publishAndAwait(planted);
        List<DownstreamEvaluated> results = results(planted, loss -> 0.3 - 0.01 * loss, 0.01);
        DownstreamEvaluated first = results.getFirst();
        publish(List.of(TrainingEventDownstreamEvaluatedBuilder.builder()
                .studyId(first.studyId())
                .runId(first.runId())
                .step(first.step())
                .tokens(0)
                .computeFlops(0)
                .evaluation(first.evaluation())
                .measures(List.of())
                .baselines(Map.of())
                .findings(List.of())
                .seconds(0)
                .trainer("t")
                .at(first.at())
                .gone("there is no state of run x at record 7")
                .build()));
        publishAndAwaitResults("useful-gone", results.subList(1, results.size()));
        given().get("/studies/useful-gone/evaluations")
                .then()
                .body("evaluations[0].gone", equalTo(1))
                .body(METRIC + ".states.findAll { it.tokens == 0 }", hasSize(0));
        publishAndAwaitResults("useful-gone", results);
        given().get("/studies/useful-gone/evaluations").then().body("evaluations[0].gone", equalTo(0));
    }

    @Test
    void relativesStandBesideEachNumberAndWhatIsFoundTakesThePlaceOfWhatWasUnknown() {
        PlantedStudy planted = PlantedStudy.ofSix("useful-kin", 60, 9);
        publishAndAwait(planted);
        List<DownstreamEvaluated> results = results(planted, loss -> 0.3 - 0.01 * loss, 0.01);
        publish(List.of(relatives(results.getFirst(), Relatives.unknown("c", "MMseqs2 cannot be run"))));
        publishAndAwaitResults("useful-kin", results);
        given().get("/studies/useful-kin/evaluations")
                .then()
                .body("evaluations", hasSize(1))
                .body("evaluations[0].relatives.unknown", equalTo("MMseqs2 cannot be run"))
                .body("evaluations[0].gone", equalTo(0));
        List<Relatives.Share> shares =
                List.of(new Relatives.Share(0.3, 30), new Relatives.Share(0.5, 20), new Relatives.Share(0.9, 1));
        publish(List.of(relatives(results.getFirst(), new Relatives("c", 40, shares, null))));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> given().get("/studies/useful-kin/evaluations")
                        .then()
                        .body("evaluations[0].relatives.shares[0].proteins", equalTo(30)));
        assertThat(given().get("/studies/useful-kin/evaluations?format=csv")
                        .asString()
                        .lines()
                        .skip(1))
                .hasSize(results.size() + 1)
                .allMatch(row -> row.endsWith(",0.750000000,0.500000000,0.0250000000"));
    }

    private static DownstreamEvaluated relatives(DownstreamEvaluated of, Relatives relatives) {
        return new DownstreamEvaluated(
                of.studyId(),
                of.runId(),
                0,
                0,
                0,
                of.evaluation(),
                List.of(),
                Map.of(),
                List.of(),
                0,
                "dataset-service",
                of.at(),
                null,
                relatives);
    }

    private void publishAndAwaitResults(String study, List<DownstreamEvaluated> results) {
        publish(results);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> given().get("/studies/" + study + "/evaluations")
                        .then()
                        .body(METRIC + ".states", hasSize(results.size())));
    }

    private static List<HeldOutEvaluated> finals(PlantedStudy planted) {
        return planted.training().stream()
                .filter(HeldOutEvaluated.class::isInstance)
                .map(HeldOutEvaluated.class::cast)
                .toList();
    }

    private static List<DownstreamEvaluated> results(PlantedStudy planted, DoubleUnaryOperator metric, double half) {
        EvaluationSpec evaluation = new EvaluationSpec(
                "scan",
                EvaluationKind.VARIANT_EFFECT,
                new TreeMap<>(Map.of("scoring", "masked-marginals")),
                List.of(
                        new EvaluationData("scores", "scan.csv", "ab".repeat(32), 10),
                        new EvaluationData("wildType", "scan.fasta", "cd".repeat(32), 10)));
        List<DownstreamEvaluated> results = new ArrayList<>();
        for (HeldOutEvaluated state : finals(planted)) {
            double value = metric.applyAsDouble(state.lossNats());
            TrainingEvent event = TrainingEventDownstreamEvaluatedBuilder.builder()
                    .studyId(state.studyId())
                    .runId(state.runId())
                    .step(state.step())
                    .tokens(state.tokens())
                    .computeFlops(state.computeFlops())
                    .evaluation(evaluation)
                    .measures(List.of(new Measure("spearman", "", value, value - half, value + half, 100)))
                    .baselines(Map.of("blosum62", List.of(new Measure("spearman", "", 0.2, 100))))
                    .findings(List.of("2 rows are set apart"))
                    .seconds(0.5)
                    .trainer("t")
                    .at(state.at())
                    .build();
            results.add((DownstreamEvaluated) event);
        }
        return results;
    }
}
