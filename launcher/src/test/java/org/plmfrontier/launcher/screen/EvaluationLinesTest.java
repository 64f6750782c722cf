package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class EvaluationLinesTest {
    @Test
    void baselinesStandBesideTheModelAndNotesBelow() throws Exception {
        JsonNode json = new ObjectMapper().readTree("""
                {"measures": [
                  {"metric": "spearman", "subject": "", "value": 0.41234, "low": 0.4, "high": 0.43, "count": 4996},
                  {"metric": "auc", "subject": "BLAT", "value": 0.7, "low": null, "high": null, "count": 12}],
                 "baselines": {"BLOSUM62": [{"metric": "spearman", "subject": "", "value": 0.3464}]},
                 "relatives": {"proteins": 4, "relatives": [{"identity": 0.3, "proteins": 1, "share": 0.25}]},
                 "findings": ["scored by masked-marginals"], "notes": ["Tokens: ours."]}
                """);
        assertThat(EvaluationLines.of(json))
                .containsExactly(
                        "metric    of    value   95 % interval     count  BLOSUM62",
                        "spearman  all   0.4123  [0.4000, 0.4300]  4996   0.3464",
                        "auc       BLAT  0.7000  -                 12     -",
                        "25 % of the 4 evaluated proteins have a relative of at least 30 % identity in the training file",
                        "note: scored by masked-marginals",
                        "note: Tokens: ours.");
    }

    @Test
    void withoutANumberTheReasonsAreGiven() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(
                        "{\"measures\": [], \"findings\": [\"one score\"], \"relatives\": {\"unknown\": \"who is related\"}}");
        assertThat(EvaluationLines.of(json))
                .containsExactly("there is no number; the reasons:", "unknown is who is related", "note: one score");
    }
}
