package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an evaluation found, as a table with the baselines beside the model. */
public final class EvaluationLines {
    private EvaluationLines() {}

    /** The table, the relatives among the training proteins, and what is to be known. */
    public static List<String> of(JsonNode evaluation) {
        List<String> baselines = evaluation
                .path("baselines")
                .propertyStream()
                .map(baseline -> baseline.getKey())
                .sorted()
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("metric", "of", "value", "95 % interval", "count"));
        header.addAll(baselines);
        rows.add(header);
        for (JsonNode measure : evaluation.path("measures")) {
            List<String> row = new ArrayList<>(List.of(
                    measure.path("metric").asText(),
                    measure.path("subject").asText().isEmpty()
                            ? "all"
                            : measure.path("subject").asText(),
                    number(measure.path("value")),
                    interval(measure),
                    measure.path("count").asText()));
            baselines.forEach(
                    name -> row.add(beside(evaluation.path("baselines").path(name), measure)));
            rows.add(row);
        }
        List<String> lines = new ArrayList<>();
        lines.addAll(rows.size() == 1 ? List.of("there is no number; the reasons:") : table(rows));
        relatives(evaluation.path("relatives"), lines);
        evaluation.path("findings").forEach(finding -> lines.add("note: " + finding.asText()));
        evaluation.path("notes").forEach(note -> lines.add("note: " + note.asText()));
        return lines;
    }

    private static void relatives(JsonNode relatives, List<String> lines) {
        if (relatives.has("unknown")) {
            lines.add("unknown is " + relatives.path("unknown").asText());
        }
        for (JsonNode bound : relatives.path("relatives")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.0f %% of the %d evaluated proteins have a relative of at least %.0f %% identity in the training file",
                    100 * bound.path("share").asDouble(),
                    relatives.path("proteins").asLong(),
                    100 * bound.path("identity").asDouble()));
        }
    }

    private static String beside(JsonNode baseline, JsonNode measure) {
        return baseline.valueStream()
                .filter(other -> other.path("metric").equals(measure.path("metric"))
                        && other.path("subject").equals(measure.path("subject")))
                .map(other -> number(other.path("value")))
                .findFirst()
                .orElse("-");
    }

    private static String interval(JsonNode measure) {
        return measure.hasNonNull("low")
                ? "[" + number(measure.path("low")) + ", " + number(measure.path("high")) + "]"
                : "-";
    }

    private static String number(JsonNode value) {
        return String.format(Locale.ROOT, Math.abs(value.asDouble()) < 10 ? "%.4f" : "%.2f", value.asDouble());
    }

    private static List<String> table(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column)).repeat(" ", width - row.get(column).length() + 2);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
