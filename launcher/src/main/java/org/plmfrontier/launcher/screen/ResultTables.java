package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plmfrontier.launcher.study.RunView;
import org.plmfrontier.launcher.study.StudyView;

/** What the demo prints at the end: the frontier, the exponents and the plateau verdicts, never a number alone. */
public final class ResultTables {
    private ResultTables() {}

    /**
     * Frontier and exponents of {@code GET /studies/{id}/frontier}, or the reason why there is none; of each family where
     * there are several.
     */
    public static List<String> frontier(JsonNode frontier) {
        List<String> lines = new ArrayList<>();
        if (frontier.has("families")) {
            for (JsonNode family : frontier.get("families")) {
                lines.add("Family " + family.path("family").asText());
                lines.addAll(frontier(family));
            }
            return lines;
        }
        if (frontier.hasNonNull("outcome")) {
            lines.add("No frontier: " + frontier.path("reason").asText());
            return lines;
        }
        String level = String.format(
                Locale.ROOT, "%.0f %%", 100 * frontier.path("a").path("level").asDouble());
        lines.add("Compute-optimal frontier, " + frontier.path("method").asText() + ", intervals at " + level);
        lines.add(String.format("  %-12s %-27s %-27s %s", "budget FLOPs", "N_opt", "D_opt tokens", "loss nats"));
        for (JsonNode point : frontier.path("points")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-12s %-27s %-27s %s",
                    Quantities.si(point.path("budgetFlops").asDouble()),
                    counts(point.path("nOpt")),
                    counts(point.path("dOpt")),
                    decimals(point.path("lossNats"))));
        }
        lines.add("  N_opt ~ C^a   a = " + decimals(frontier.path("a")));
        lines.add("  D_opt ~ C^b   b = " + decimals(frontier.path("b")));
        for (JsonNode flag : frontier.path("flags")) {
            lines.add("  note: "
                    + (flag.isTextual() ? flag.asText() : flag.path("sentence").asText()));
        }
        return lines;
    }

    /** One line per run with its plateau verdict and the reason, then what the losses are compared with. */
    public static List<String> plateau(StudyView study) {
        List<String> lines = new ArrayList<>();
        lines.add("Has the loss stopped falling?");
        for (RunView run : study.runs()) {
            lines.add(String.format("  %-8s %-34s %-16s %s", run.name(), heldOut(run), run.verdict(), run.reason()));
        }
        lines.addAll(study.comparisons());
        return lines;
    }

    private static String heldOut(RunView run) {
        if (run.heldOutNats().isEmpty()) {
            return "not evaluated";
        }
        String whole = String.format(
                Locale.ROOT, "held-out %.3f nats", run.heldOutNats().getAsDouble());
        return run.onMaskNats().isEmpty()
                ? whole
                : whole
                        + String.format(
                                Locale.ROOT, ", on MASK %.3f", run.onMaskNats().getAsDouble());
    }

    private static String counts(JsonNode estimate) {
        return estimate.isObject()
                ? Quantities.si(estimate.path("value").asDouble()) + " ["
                        + Quantities.si(estimate.path("low").asDouble()) + ", "
                        + Quantities.si(estimate.path("high").asDouble()) + "]"
                : "not identifiable";
    }

    private static String decimals(JsonNode estimate) {
        return estimate.isObject()
                ? String.format(
                        Locale.ROOT,
                        "%.3f [%.3f, %.3f]",
                        estimate.path("value").asDouble(),
                        estimate.path("low").asDouble(),
                        estimate.path("high").asDouble())
                : "not identifiable";
    }
}
