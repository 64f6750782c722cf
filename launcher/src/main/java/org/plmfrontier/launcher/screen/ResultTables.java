package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.plmfrontier.launcher.study.RunView;
import org.plmfrontier.launcher.study.StudyView;

/** What the demo prints at the end: the exponents, the frontier and the plateau verdicts, never a number alone. */
public final class ResultTables {
    private static final Set<String> FRONTIER_METHODS = Set.of("a1", "a2", "a3", "kaplan");

    private ResultTables() {}

    /**
     * The exponents of {@code GET /studies/{id}/families} by every method, and whether the methods agree.
     */
    public static List<String> exponents(JsonNode families) {
        List<String> lines = new ArrayList<>();
        for (JsonNode family : families) {
            if (families.size() > 1) {
                lines.add("Family " + family.path("family").asText());
            }
            lines.add("Exponents by method");
            for (JsonNode fit : family.path("fits")) {
                if (FRONTIER_METHODS.contains(fit.path("method").asText())) {
                    lines.add(String.format("  %-8s %s", fit.path("method").asText(), answer(fit)));
                }
            }
            lines.add("  N_opt ~ C^a  " + together("a", family.path("exponents").path("a")));
            lines.add("  D_opt ~ C^b  " + together("b", family.path("exponents").path("b")));
        }
        return lines;
    }

    private static String answer(JsonNode fit) {
        return fit.hasNonNull("a") && fit.hasNonNull("b")
                ? String.format("a = %-24s b = %s", decimals(fit.get("a")), decimals(fit.get("b")))
                : fit.path("reason").asText();
    }

    private static String together(String name, JsonNode exponent) {
        JsonNode answers = exponent.path("byMethod");
        if (exponent.hasNonNull("together")) {
            return String.format("the intervals of %d methods have a value of %s in common", answers.size(), name);
        }
        if (answers.isEmpty()) {
            return "no method answers";
        }
        if (answers.size() == 1) {
            return "only one method answers";
        }
        return String.format(
                Locale.ROOT,
                "methods disagree: %s from %.3f to %.3f by method",
                name,
                answers.valueStream()
                        .mapToDouble(answer -> answer.path("low").asDouble())
                        .min()
                        .orElseThrow(),
                answers.valueStream()
                        .mapToDouble(answer -> answer.path("high").asDouble())
                        .max()
                        .orElseThrow());
    }

    /**
     * Frontier of {@code GET /studies/{id}/frontier}, or the reason why there is none; of each family where
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
        lines.add("Compute-optimal frontier by " + frontier.path("method").asText() + ", intervals at " + level);
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
