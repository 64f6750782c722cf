package org.plmfrontier.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a model card says of a state's evaluations. */
class CardEvaluationsTest {
    private static JsonNode sheet() throws IOException {
        return new ObjectMapper().readTree("""
                {"study": "s", "evaluations": [
                  {"name": "scan", "kind": "variant-effect", "hash": "0123456789abcdef",
                   "relatives": {"proteins": 40, "shares": [{"identity": 0.3, "proteins": 30}, {"identity": 0.9, "proteins": 0}]},
                   "options": {"scoring": "wt-marginals"}, "files": ["a|b.csv", "a.fasta"],
                   "metrics": [{"metric": "spearman", "subject": "",
                     "baselines": [{"predictor": "blosum62", "value": 0.2}],
                     "states": [
                       {"runId": "r", "step": 10, "value": 0.31234, "low": 0.25, "high": 0.36, "count": 100},
                       {"runId": "r", "step": 20, "value": 0.4, "count": 100},
                       {"runId": "other", "step": 10, "value": 0.9, "count": 100}]}]},
                  {"name": "elsewhere", "kind": "perplexity", "hash": "fedcba9876543210", "options": {}, "files": ["p.fasta"],
                   "metrics": [{"metric": "perplexity", "subject": "", "baselines": [],
                     "states": [{"runId": "other", "step": 10, "value": 12, "count": 7}]}]}]}
                """);
    }

    @Test
    void theStateHasItsNumbersWithProtocolAndBaselinesAndNoOthers() throws IOException {
        String section = CardEvaluations.of(sheet(), "r", 10).orElseThrow();
        assertThat(section)
                .contains("| scan | spearman | all | 0.3123 | 0.2500 to 0.3600 | 100 | blosum62 0.2000 |\n")
                .contains("- `scan`: variant-effect, scoring=wt-marginals; files a\\|b.csv, a.fasta;")
                .contains(
                        "`0123456789abcdef`; of its proteins have a relative in the training corpus: 75.0 % at 30 % identity")
                .doesNotContain("elsewhere", "0.9", "0.4000");
        assertThat(section).startsWith("\n## Evaluations\n");
    }

    @Test
    void aNumberWithoutAnIntervalSaysSoAndAStateThatWasNotMeasuredHasNoSection() throws IOException {
        assertThat(CardEvaluations.of(sheet(), "r", 20).orElseThrow()).contains("| 0.4000 | none | 100 |");
        assertThat(CardEvaluations.of(sheet(), "r", 30)).isEmpty();
        assertThat(CardEvaluations.of(sheet(), "unknown", 10)).isEmpty();
    }
}
