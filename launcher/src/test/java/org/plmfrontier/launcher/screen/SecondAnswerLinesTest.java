package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The second answer is told where it is one. */
class SecondAnswerLinesTest {
    private static final String STATE = "{\"name\":\"%s\",\"tokens\":%s,\"value\":%s,\"low\":%s,\"high\":%s}";

    private static String metric(String subject, boolean differ) {
        return """
                {"metric":"spearman","subject":"%s","best":{"differ":%s,"byMetric":%s,"byLoss":%s}}""".formatted(
                        subject,
                        differ,
                        STATE.formatted("15.8K", 48_000, 0.157, 0.13, 0.182),
                        STATE.formatted("4.26K", 5.19e6, 0.034, 0.008, 0.061));
    }

    private static String evaluations(String metrics) {
        return "{\"study\":\"s\",\"evaluations\":[{\"name\":\"blat\",\"metrics\":[" + metrics + "]}]}";
    }

    @Test
    void aStateThatIsBetterThanTheOneWithTheLowestLossHasALine() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        String all = evaluations(metric("", true) + "," + metric("one scan", true));
        assertThat(SecondAnswerLines.of(json.readTree(all)))
                .containsExactly("by blat, spearman: 15.8K at 48.0k tokens, 0.157 [0.130, 0.182] against 0.034"
                        + " [0.008, 0.061] of 4.26K at 5.19M tokens, which has the lowest loss");
        assertThat(SecondAnswerLines.of(json.readTree(evaluations(metric("", false)))))
                .isEmpty();
        assertThat(SecondAnswerLines.of(json.readTree("{\"study\":\"s\",\"evaluations\":[]}")))
                .isEmpty();
    }
}
