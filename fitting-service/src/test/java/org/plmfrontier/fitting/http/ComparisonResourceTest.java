package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

/** Studies beside each other over REST. */
@QuarkusTest
class ComparisonResourceTest extends ServiceTest {
    @Test
    void membersStandWithTheirFrontiersAndDifferences() {
        imported("beside-first", 7, 1, 1);
        imported("beside-same", 7, 1, 2);
        imported("beside-better", 7, 8, 3);
        double most = 6 * 6.4e7 * 40 * 6.4e7;
        compare("study=beside-first&study=beside-same&study=beside-better")
                .statusCode(200)
                .body("budgetFlops", equalTo((float) most))
                .body("members.name", contains("beside-first", "beside-same", "beside-better"))
                .body("members[0].family", equalTo("imported"))
                .body("members[0].task", equalTo("UNKNOWN"))
                .body("members[0].corpora", empty())
                .body("members[0].sizes", hasSize(7))
                .body("members[0].runsOver", equalTo(28))
                .body("members[0].finals", hasSize(28))
                .body("members[0].envelope.size()", greaterThan(5))
                .body("members[0].law", hasSize(25))
                .body("members[0].atBudget.lossNats.level", equalTo(0.95f))
                .body("members[0].atBudget.parameters.value", greaterThan(1e6f))
                .body("members[0].exponents.a3.a.value", lessThan(1f))
                .body("methods[0].key", equalTo("a1"))
                .body("differences", hasSize(2))
                .body("differences[0].verdict", equalTo("NOT_TOLD_APART"))
                .body("differences[0].comparable", equalTo("UNKNOWN"))
                .body("differences[0].exponents.a3.a.low", lessThan(0f))
                .body("differences[0].exponents.a3.a.high", greaterThan(0f))
                .body("differences[0].exponents.a1.a", nullValue())
                .body("differences[0].exponents.a1.reason", startsWith("both: "))
                .body("differences[1].verdict", equalTo("BETTER"))
                .body("differences[1].sentence", startsWith("beside-better is better than beside-first at "))
                .body("differences[1].lossNats.high", lessThan(0f))
                .body("differences[1].computeFactor.low", lessThan(8f))
                .body("differences[1].computeFactor.high", greaterThan(8f))
                .body("caveats", hasItem(startsWith("A file does not say on which proteins")));
        compare("study=beside-better&study=beside-first&budgetFlops=" + 4 * most)
                .statusCode(200)
                .body("differences[0].verdict", equalTo("WORSE"))
                .body("members[0].beyond", equalTo(4f))
                .body("caveats", hasItem(startsWith("The budget is 4.00 times the most that beside-better")));
    }

    @Test
    void whatIsNoComparisonIsRefusedWithItsField() {
        imported("beside-alone", 5, 1, 4);
        compare("budgetFlops=1e18")
                .statusCode(400)
                .body("field", equalTo("study"))
                .body("detail", containsString("got 0"));
        compare("study=beside-alone")
                .statusCode(400)
                .body("field", equalTo("study"))
                .body("detail", startsWith("a comparison has 2 to 8 members, got 1: name each by study=ID"));
        compare("study=beside-alone&study=beside-alone")
                .statusCode(400)
                .body("detail", equalTo("study 'beside-alone' is named twice with one family"));
        compare("study=beside-alone&study=no-such-study")
                .statusCode(404)
                .body("detail", equalTo("there is no study 'no-such-study'"));
        compare("study=beside-alone&study=beside-alone:ESM2").statusCode(400).body("field", equalTo("family"));
        compare("study=beside-alone" + "&study=beside-alone".repeat(8))
                .statusCode(400)
                .body("detail", containsString("got 9"));
        imported("beside-second", 5, 1, 5);
        compare("study=beside-alone&study=beside-second&budgetFlops=1e40")
                .statusCode(422)
                .body("field", equalTo("budgetFlops"))
                .body("detail", startsWith("study 'beside-alone': the budget is "));
        compare("study=beside-alone&study=beside-second&budgetFlops=-1").statusCode(400);
    }

    @Test
    void aStudyOfTooFewLossesIsThereWithItsReason() {
        imported("beside-full", 5, 1, 6);
        imported("beside-few", 2, 1, 7);
        compare("study=beside-full&study=beside-few")
                .statusCode(200)
                .body("members[0].outcome", equalTo("FITTED"))
                .body("members[1].outcome", equalTo("NOT_IDENTIFIABLE"))
                .body("members[1].reason", startsWith("a forecast needs at least 10 final losses, there are 8"))
                .body("members[1].atBudget", nullValue())
                .body("members[1].finals", hasSize(8))
                .body("differences[0].verdict", equalTo("UNDECIDED"))
                .body("differences[0].lossNats", nullValue())
                .body(
                        "differences[0].sentence",
                        startsWith("Nothing is decided between beside-few and beside-full: a forecast"));
    }

    @Test
    void studiesWithoutAnyLossAnswerWithoutABudget() {
        publish(PlantedStudy.ofSix("beside-planned", 40, 1).plans());
        publish(PlantedStudy.ofSix("beside-planned-too", 40, 1).plans());
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> studies.find("beside-planned").isPresent()
                        && studies.find("beside-planned-too").isPresent());
        compare("study=beside-planned&study=beside-planned-too")
                .statusCode(200)
                .body("budgetFlops", nullValue())
                .body("members.finals.flatten()", empty())
                .body("differences[0].verdict", equalTo("UNDECIDED"));
    }

    @Test
    void maskedAndCausalLossesOfOneStudyAreNotComparedButTheirExponentsAre() {
        PlantedStudy planted = PlantedStudy.ofTwoFamilies("beside-mixed", 300, 3);
        publishAndAwait(planted);
        compare("study=beside-mixed")
                .statusCode(200)
                .body("members.name", contains("beside-mixed, CAUSAL", "beside-mixed, ESM2"))
                .body("members.task", contains("CAUSAL", "MASKED"))
                .body("members[0].corpora", contains("planted-corpus"))
                .body("members[0].recipes", contains("planted"))
                .body("differences[0].verdict", equalTo("NOT_COMPARABLE"))
                .body("differences[0].comparable", equalTo("OTHER_TASK"))
                .body("differences[0].lossNats", nullValue())
                .body("differences[0].computeFactor", nullValue())
                .body(
                        "differences[0].sentence",
                        allOf(
                                startsWith("beside-mixed, ESM2 and beside-mixed, CAUSAL are not comparable: "),
                                containsString("two quantities")))
                .body("differences[0].exponents.a1.keySet()", hasSize(3));
        imported("beside-file", 5, 1, 8);
        compare("study=beside-file&study=beside-mixed:ESM2")
                .statusCode(200)
                .body("members.name", contains("beside-file", "beside-mixed, ESM2"))
                .body("differences[0].comparable", equalTo("UNKNOWN"))
                .body("caveats", hasItem(containsString("D as seen and C as table 5")));
    }

    private static ValidatableResponse compare(String query) {
        return given().get("/comparisons?" + query).then();
    }

    /** @param worth every run ends as one of so many times its compute */
    private static void imported(String study, int sizes, double worth, long seed) {
        SplittableRandom noise = new SplittableRandom(seed);
        double more = Math.sqrt(worth);
        StringBuilder text = new StringBuilder("run,N,D,loss\n");
        for (int i = 0; i < sizes * 4; i++) {
            double parameters = 1e6 * Math.pow(2, Math.floorDiv(i, 4));
            double tokens = parameters * 5 * Math.pow(2, i % 4);
            double loss = 1.8 + 400 / Math.pow(more * parameters, 0.34) + 900 / Math.pow(more * tokens, 0.36);
            text.append(
                    "r%d,%s,%s,%s\n".formatted(i, parameters, tokens, loss * Math.exp(0.001 * noise.nextGaussian())));
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
}
