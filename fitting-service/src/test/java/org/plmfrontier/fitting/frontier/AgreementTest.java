package org.plmfrontier.fitting.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

class AgreementTest {
    private static Estimate estimate(double value, double low, double high) {
        return new Estimate(value, low, high, 0.95);
    }

    private static String reason(Agreement agreement) {
        return agreement.together() instanceof FitOutcome.NotIdentifiable<Estimate>(String reason) ? reason : "";
    }

    @Test
    void intervalsWithACommonValueGiveTheMeanWithTheirHull() {
        Agreement agreement = Agreement.on(
                "a",
                Map.of(
                        "a1",
                        estimate(0.48, 0.40, 0.55),
                        "a2",
                        estimate(0.50, 0.49, 0.51),
                        "a3",
                        estimate(0.52, 0.5, 0.6)));
        Estimate together = agreement.together().result().orElseThrow();
        assertThat(together.value()).isCloseTo(0.5, within(1e-12));
        assertThat(together.low()).isEqualTo(0.40);
        assertThat(together.high()).isEqualTo(0.60);
    }

    @Test
    void narrowIntervalsSideBySideGiveNoNumberAndTheReasonNamesEachMethod() {
        Map<String, Estimate> answers = new LinkedHashMap<>();
        answers.put("a1", estimate(0.55, 0.48, 0.61));
        answers.put("a2", estimate(0.70, 0.67, 0.74));
        answers.put("kaplan", estimate(0.5, 0.3, 0.9));
        Agreement agreement = Agreement.on("a", answers);
        assertThat(reason(agreement))
                .isEqualTo(
                        "the methods do not agree: a is 0.480 to 0.610 by a1, 0.670 to 0.740 by a2, 0.300 to 0.900 by kaplan");
        assertThat(agreement.answers()).containsOnlyKeys("a1", "a2", "kaplan");
    }

    @Test
    void pairsThatOverlapInTurnButHaveNoCommonValueDoNotAgree() {
        Agreement chain = Agreement.on(
                "a",
                Map.of("a1", estimate(0.4, 0.3, 0.5), "a2", estimate(0.55, 0.45, 0.65), "a3", estimate(0.7, 0.6, 0.8)));
        assertThat(chain.together().result()).isEmpty();
    }

    @Test
    void oneMethodOrNoneAgreesWithNobody() {
        assertThat(reason(Agreement.on("a", Map.of("a2", estimate(0.54, 0.54, 0.55)))))
                .isEqualTo("a consensus needs two methods that answer, only a2 does");
        assertThat(reason(Agreement.on("a", Map.of()))).endsWith("none does");
    }
}
