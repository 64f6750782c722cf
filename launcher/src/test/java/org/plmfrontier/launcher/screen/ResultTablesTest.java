package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.plmfrontier.launcher.study.StudyView;

class ResultTablesTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void everyNumberStandsWithItsInterval() throws Exception {
        String frontier = """
                {"method":"approach 1","a":{"value":0.5,"low":0.4,"high":0.6,"level":0.95},
                 "b":{"value":0.5,"low":0.41,"high":0.61,"level":0.95},"flags":["few sizes"],
                 "points":[{"budgetFlops":1e12,"nOpt":{"value":1e5,"low":9e4,"high":1.2e5,"level":0.95},
                 "dOpt":{"value":1.6e6,"low":1.5e6,"high":1.7e6,"level":0.95},
                 "lossNats":{"value":2.7,"low":2.69,"high":2.72,"level":0.95}}]}
                """;
        assertThat(ResultTables.frontier(json.readTree(frontier)))
                .anyMatch(line -> line.contains("intervals at 95 %"))
                .anyMatch(line -> line.contains("1.00T")
                        && line.contains("100k [90.0k, 120k]")
                        && line.contains("2.700 [2.690, 2.720]"))
                .as("a number of one method alone heads nothing")
                .noneMatch(line -> line.contains("a = "))
                .anyMatch(line -> line.contains("note: few sizes"));
    }

    private String families(String together, String a1, String a2) {
        return """
                [{"family":"ESM2","fits":[
                  {"method":"a1","outcome":"FITTED","a":%2$s,"b":%2$s},{"method":"a2","outcome":"FITTED","a":%3$s,"b":%3$s},
                  {"method":"a3","outcome":"NOT_IDENTIFIABLE","reason":"three sizes","a":null,"b":null},
                  {"method":"lc","outcome":"FITTED","a":null,"b":null}],
                  "exponents":{"a":{"together":%1$s,"byMethod":{"a1":%2$s,"a2":%3$s}},
                               "b":{"together":%1$s,"byMethod":{"a1":%2$s,"a2":%3$s}}}}]
                """.formatted(together, a1, a2);
    }

    @Test
    void methodsThatDisagreeGiveARangeAndNoNumber() throws Exception {
        String apart = families(
                "null",
                "{\"value\":0.1,\"low\":0.08,\"high\":0.2,\"level\":0.95}",
                "{\"value\":0.7,\"low\":0.67,\"high\":0.74,\"level\":0.95}");
        assertThat(ResultTables.exponents(json.readTree(apart)))
                .containsExactly(
                        "Exponents by method",
                        "  a1       a = 0.100 [0.080, 0.200]     b = 0.100 [0.080, 0.200]",
                        "  a2       a = 0.700 [0.670, 0.740]     b = 0.700 [0.670, 0.740]",
                        "  a3       three sizes",
                        "  N_opt ~ C^a  methods disagree: a from 0.080 to 0.740 by method",
                        "  D_opt ~ C^b  methods disagree: b from 0.080 to 0.740 by method");
    }

    @Test
    void methodsThatAgreeAreSaidToAndGiveNoNumberOfTheirOwn() throws Exception {
        String estimate = "{\"value\":0.5,\"low\":0.4,\"high\":0.6,\"level\":0.95}";
        assertThat(ResultTables.exponents(json.readTree(families(estimate, estimate, estimate))))
                .contains("  N_opt ~ C^a  the intervals of 2 methods have a value of a in common");
    }

    @Test
    void aRefusalIsPrintedWithItsReason() throws Exception {
        assertThat(ResultTables.frontier(
                        json.readTree("{\"outcome\":\"NOT_IDENTIFIABLE\",\"reason\":\"one size only\"}")))
                .containsExactly("No frontier: one size only");
    }

    @Test
    void aMaskedLossStandsWithItsPartOnMaskAndWithWhatNeedsNoNetwork() throws Exception {
        String study = """
                {"study":"s","expectedFlops":1e10,"doneFlops":1e10,"fitIsCurrent":true,
                 "comparisons":[{"family":"ESM2","masked":true,"note":null,
                  "lines":[{"name":"uniform","label":"uniform, ln 29","lossNats":3.367},
                           {"name":"frequencies","label":"frequencies under these masks","lossNats":2.7081}],
                  "onMask":[{"name":"frequencies","label":"frequencies, H(f)","lossNats":2.8853}]}],
                 "runs":[{"runId":"s-0","name":"27k","size":27456,"state":"COMPLETED","heldOutNats":2.704,
                  "heldOutParts":{"mask":{"lossNats":2.8812,"residues":800},"random":null,"unchanged":null},
                  "plateau":{"verdict":"PLATEAU","reason":"flat"}},
                  {"runId":"s-1","name":"30k","size":30000,"state":"COMPLETED","heldOutNats":2.7,"heldOutParts":null}]}
                """;
        assertThat(ResultTables.plateau(StudyView.of(json.readTree(study))))
                .anyMatch(line -> line.contains("27k") && line.contains("held-out 2.704 nats, on MASK 2.881"))
                .anyMatch(line -> line.contains("30k") && !line.contains("MASK"))
                .contains("Losses that need no network, for ESM2: uniform, ln 29 3.367, frequencies under these masks"
                        + " 2.708 nats; on MASK: frequencies, H(f) 2.885 nats");
    }
}
