package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where what a model is good for has another answer than its loss. */
public final class SecondAnswerLines {
    private SecondAnswerLines() {}

    /**
     * A line for each metric over all data of an evaluation whose best state is another than that with the lowest loss.
     *
     * @param evaluations {@code GET /studies/{id}/evaluations}
     */
    public static List<String> of(JsonNode evaluations) {
        List<String> lines = new ArrayList<>();
        for (JsonNode evaluation : evaluations.path("evaluations")) {
            for (JsonNode metric : evaluation.path("metrics")) {
                JsonNode best = metric.path("best");
                if (metric.path("subject").asText().isEmpty()
                        && best.path("differ").asBoolean()) {
                    lines.add("by %s, %s: %s, %s against %s of %s, which has the lowest loss"
                            .formatted(
                                    evaluation.path("name").asText(),
                                    metric.path("metric").asText(),
                                    state(best.path("byMetric")),
                                    value(best.path("byMetric")),
                                    value(best.path("byLoss")),
                                    state(best.path("byLoss"))));
                }
            }
        }
        return lines;
    }

    private static String state(JsonNode state) {
        return state.path("name").asText() + " at "
                + Quantities.si(state.path("tokens").asDouble()) + " tokens";
    }

    private static String value(JsonNode state) {
        return String.format(
                Locale.ROOT,
                "%.3f [%.3f, %.3f]",
                state.path("value").asDouble(),
                state.path("low").asDouble(),
                state.path("high").asDouble());
    }
}
