package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerLinesTest {
    static final String FITTED = """
            {"study":"s","family":"ESM2","budgetFlops":1.2e14,"outcome":"FITTED","reason":null,
             "best":{"parameters":{"value":1.02e6,"low":8e5,"high":1.4e6,"level":0.95},
              "tokens":{"value":2e7,"low":1.4e7,"high":2.5e7,"level":0.95},
              "tokensPerParameter":{"value":19.6,"low":10,"high":31.2,"level":0.95},
              "lossNats":{"value":2.6,"low":2.55,"high":2.652,"level":0.95},
              "halfSizeCostsNats":0.0123,"twiceSizeCostsNats":0.03,"halfSizeComputeShare":0.91,"twiceSizeComputeShare":null,
              "halfSize":{"costsNats":{"value":0.0123,"low":-0.004,"high":0.0286,"level":0.95},
               "computeShare":0.91,"computeShareLow":0.8,"computeShareHigh":1},
              "twiceSize":{"costsNats":{"value":0.03,"low":0.01,"high":0.05,"level":0.95},
               "computeShare":null,"computeShareLow":null,"computeShareHigh":0.93},"warning":"far above"},
             "from":{"losses":28,"beyond":10.0,"weights":{"HOFFMANN":0.25,"TIED":0.75},"backtest":[],"ageSeconds":1.5,"current":true},
             "decidingRuns":[{"parameters":5e6,"tokens":4e7,"computeFlops":1.2e15,"widthBefore":1.75,"widthAfter":1.31}]}
            """;
    static final String UNDECIDED = """
            {"study":"s","family":"CAUSAL","budgetFlops":0.0,"outcome":"NOT_IDENTIFIABLE",
             "reason":"a forecast needs at least 10 final losses, there are 8","best":null,"from":null,
             "decidingRuns":[{"parameters":1e6,"tokens":1e7,"computeFlops":6e13,"widthBefore":0,"widthAfter":0},
              {"parameters":2e6,"tokens":1e7,"computeFlops":1.2e14,"widthBefore":0,"widthAfter":0}]}
            """;

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void oneAnswerHasEachNumberWithItsIntervalAndWhatOtherSizesCost() throws Exception {
        assertThat(AnswerLines.of(List.of(json(FITTED))))
                .containsExactly(
                        "For a budget of 1.20e14 FLOPs (6 N D, 10 times what was trained):",
                        "  parameters            1.02M [800k, 1.40M], intervals at 95 %",
                        "  tokens                20.0M [14.0M, 25.0M]",
                        "  tokens per parameter  19.6 [10, 31.2]",
                        "  loss                  2.600 [2.550, 2.652] nats",
                        "  half the size         +0.012 [-0.004, +0.029] nats, as if 9 % [0 %, 20 %] of the budget were wasted; it may be better",
                        "  twice the size        +0.030 [+0.010, +0.050] nats, as if more than 99.99 % [7 %, more than 99.99 %] of the budget were wasted",
                        "  far above",
                        "  from 28 final losses; laws HOFFMANN 25 %, TIED 75 %",
                        "  would make it more certain, each alone:",
                        "    5.00M parameters, 40.0M tokens, 1.20e15 FLOPs: parameters within a factor of 1.3 instead of 1.8");
    }

    @Test
    void aServiceOfBeforeGivesNoIntervalsOfOtherSizes() throws Exception {
        ObjectNode answer = (ObjectNode) json(FITTED);
        ((ObjectNode) answer.path("best")).remove(List.of("halfSize", "twiceSize"));
        assertThat(AnswerLines.of(List.of(answer)))
                .contains(
                        "  half the size         +0.012 nats, as if 9 % of the budget were wasted",
                        "  twice the size        +0.030 nats, as if more than 99.99 % of the budget were wasted");
    }

    @Test
    void whatIsNotDecidedHasItsReasonAndEachFamilyItsName() throws Exception {
        assertThat(AnswerLines.of(List.of(json(FITTED), json(UNDECIDED))))
                .contains(
                        "For a budget of 1.20e14 FLOPs (6 N D, 10 times what was trained) and ESM2:",
                        "For a budget of ten times what was trained and CAUSAL:",
                        "  not decided yet: a forecast needs at least 10 final losses, there are 8",
                        "  would be enough, together:",
                        "    1.00M parameters, 10.0M tokens, 6.00e13 FLOPs",
                        "    2.00M parameters, 10.0M tokens, 1.20e14 FLOPs");
    }
}
