package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Studies of the dataset service as a table. */
public final class StudyLines {
    private static final double PERCENT = 100;

    private StudyLines() {}

    /** @param studies of {@code GET /studies} */
    public static List<String> of(JsonNode studies) {
        List<String> lines = new ArrayList<>();
        if (studies.isEmpty()) {
            lines.add("no study yet: ./frontier study start study.yaml, or ./frontier demo");
            return lines;
        }
        lines.add(String.format(
                Locale.ROOT, "%-24s %-10s %9s %6s %10s  %s", "study", "state", "runs", "done", "FLOPs", "created"));
        studies.forEach(study -> lines.add(line(study)));
        return lines;
    }

    private static String line(JsonNode study) {
        long over = 0;
        for (JsonNode run : study.path("runs")) {
            String state = run.path("state").asText();
            over += state.equals("COMPLETED") || state.equals("DIVERGED") ? 1 : 0;
        }
        double expected = study.path("expectedFlops").asDouble();
        return String.format(
                Locale.ROOT,
                "%-24s %-10s %9s %5.0f%% %10s  %s",
                study.path("id").asText(),
                study.path("state").asText().toLowerCase(Locale.ROOT),
                over + "/" + study.path("runs").size(),
                expected > 0 ? PERCENT * study.path("doneFlops").asDouble() / expected : 0,
                String.format(Locale.ROOT, "%.2e", expected),
                study.path("createdAt").asText().replaceFirst("\\..*", "").replace('T', ' '));
    }

    /** The field in which a study has its budgets. */
    public static String budgetField(JsonNode study) {
        return Stream.of("flopBudgets", "tokensPerParameter")
                .filter(study::hasNonNull)
                .findFirst()
                .orElse("tokenBudgets");
    }
}
