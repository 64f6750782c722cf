package org.plmfrontier.launcher.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a state is good for beside its loss, as a section of its model card. */
public final class CardEvaluations {
    private CardEvaluations() {}

    /**
     * The section; empty where nothing was measured of the state.
     *
     * @param sheet of GET /studies/{id}/evaluations
     * @param step of the state
     */
    public static Optional<String> of(JsonNode sheet, String runId, long step) {
        List<String> rows = new ArrayList<>();
        List<String> protocols = new ArrayList<>();
        for (JsonNode evaluation : sheet.path("evaluations")) {
            int before = rows.size();
            for (JsonNode metric : evaluation.path("metrics")) {
                metric.path("states")
                        .valueStream()
                        .filter(state -> state.path("runId").asText().equals(runId)
                                && state.path("step").asLong() == step)
                        .forEach(state -> rows.add(row(evaluation, metric, state)));
            }
            if (rows.size() > before) {
                protocols.add(protocol(evaluation));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of("""

                        ## Evaluations

                        | evaluation | metric | of | value | 95 %% interval | over | baselines, which know nothing of the model |
                        |---|---|---|---|---|---|---|
                        %s
                        Protocols:

                        %s
                        An interval of one scan is over its variants, of proteins over these: it says nothing of other data.
                        """.formatted(lines(rows), lines(protocols)));
    }

    private static String row(JsonNode evaluation, JsonNode metric, JsonNode state) {
        String baselines = metric.path("baselines")
                .valueStream()
                .map(base -> cell(base.path("predictor")) + " " + number(base.path("value")))
                .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        cell(evaluation.path("name")),
                        cell(metric.path("metric")),
                        metric.path("subject").asText().isEmpty() ? "all" : cell(metric.path("subject")),
                        number(state.path("value")),
                        state.path("low").isNumber()
                                ? number(state.path("low")) + " to " + number(state.path("high"))
                                : "none",
                        state.path("count").asText(),
                        baselines.isEmpty() ? "none" : baselines);
    }

    private static String protocol(JsonNode evaluation) {
        String options = evaluation
                .path("options")
                .propertyStream()
                .map(option -> option.getKey() + "=" + option.getValue().asText())
                .collect(Collectors.joining(", "));
        String files = evaluation
                .path("files")
                .valueStream()
                .map(CardEvaluations::cell)
                .collect(Collectors.joining(", "));
        return "- `%s`: %s, %s; files %s; hash of options and files `%s`"
                        .formatted(
                                cell(evaluation.path("name")),
                                evaluation.path("kind").asText(),
                                options.isEmpty() ? "the usual options" : options,
                                files,
                                evaluation.path("hash").asText())
                + relatives(evaluation.path("relatives"));
    }

    private static String relatives(JsonNode relatives) {
        if (relatives.path("shares").isEmpty()) {
            return "; whether the corpus has relatives of its proteins is unknown";
        }
        return relatives
                .path("shares")
                .valueStream()
                .map(share -> String.format(
                        Locale.ROOT,
                        "%.3g %% at %.0f %% identity",
                        100
                                * share.path("proteins").asDouble()
                                / relatives.path("proteins").asDouble(),
                        100 * share.path("identity").asDouble()))
                .collect(Collectors.joining(", ", "; of its proteins have a relative in the training corpus: ", ""));
    }

    /** Text that stays in its cell. */
    private static String cell(JsonNode text) {
        return text.asText().replace("|", "\\|").replaceAll("\\s+", " ");
    }

    private static String number(JsonNode value) {
        return String.format(Locale.ROOT, "%.4g", value.asDouble());
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
