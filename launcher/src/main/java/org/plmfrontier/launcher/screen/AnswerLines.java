package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One answer for one budget, each number with its interval, or the reason why it is not decided. */
public final class AnswerLines {
    private AnswerLines() {}

    /** Answers of {@code GET /studies/{id}/answer}, one per family. */
    public static List<String> of(List<JsonNode> answers) {
        List<String> lines = new ArrayList<>();
        for (JsonNode answer : answers) {
            lines.add(question(answer)
                    + (answers.size() > 1 ? " and " + answer.path("family").asText() : "") + ":");
            if (answer.path("best").isObject()) {
                lines.addAll(best(answer.path("best")));
                if (answer.path("best").path("warning").isTextual()) {
                    lines.add("  " + answer.path("best").path("warning").asText());
                }
            } else {
                lines.add("  not decided yet: " + answer.path("reason").asText());
            }
            if (answer.path("from").isObject()) {
                lines.add("  " + basis(answer.path("from")));
            }
            lines.addAll(deciding(answer.path("decidingRuns")));
        }
        return lines;
    }

    private static String question(JsonNode answer) {
        double budget = answer.path("budgetFlops").asDouble();
        return budget > 0
                ? "For a budget of " + scientific(budget) + " FLOPs (6 N D"
                        + (answer.path("from").isObject()
                                ? ", "
                                        + times(answer.path("from")
                                                .path("beyond")
                                                .asDouble()) + " what was trained"
                                : "")
                        + ")"
                : "For a budget of ten times what was trained";
    }

    private static List<String> best(JsonNode best) {
        String level = String.format(
                Locale.ROOT,
                "%.0f %%",
                100 * best.path("parameters").path("level").asDouble());
        return List.of(
                "  parameters            " + count(best.path("parameters")) + ", intervals at " + level,
                "  tokens                " + count(best.path("tokens")),
                "  tokens per parameter  " + count(best.path("tokensPerParameter")),
                "  loss                  " + nats(best.path("lossNats")) + " nats",
                "  half the size         " + cost(best, "half"),
                "  twice the size        " + cost(best, "twice"));
    }

    /** Where nothing is forecast yet all of them are needed; else each alone narrows the interval. */
    private static List<String> deciding(JsonNode runs) {
        List<String> lines = new ArrayList<>();
        for (JsonNode run : runs) {
            double after = run.path("widthAfter").asDouble();
            if (lines.isEmpty()) {
                lines.add(after > 0 ? "  would make it more certain, each alone:" : "  would be enough, together:");
            }
            String narrower = after > 0
                    ? String.format(
                            Locale.ROOT,
                            ": parameters within a factor of %.1f instead of %.1f",
                            after,
                            run.path("widthBefore").asDouble())
                    : "";
            lines.add("    " + Quantities.si(run.path("parameters").asDouble()) + " parameters, "
                    + Quantities.si(run.path("tokens").asDouble()) + " tokens, "
                    + scientific(run.path("computeFlops").asDouble()) + " FLOPs" + narrower);
        }
        return lines;
    }

    /** Services of before give no intervals. */
    private static String cost(JsonNode best, String size) {
        JsonNode other = best.path(size + "Size");
        if (!other.isObject()) {
            return String.format(
                    Locale.ROOT,
                    "%+.3f nats, as if %s of the budget were wasted",
                    best.path(size + "SizeCostsNats").asDouble(),
                    wasted(best.path(size + "SizeComputeShare")));
        }
        JsonNode costs = other.path("costsNats");
        double low = costs.path("low").asDouble();
        return String.format(
                Locale.ROOT,
                "%+.3f [%+.3f, %+.3f] nats, as if %s [%s, %s] of the budget were wasted%s",
                costs.path("value").asDouble(),
                low,
                costs.path("high").asDouble(),
                wasted(other.path("computeShare")),
                wasted(other.path("computeShareHigh")),
                wasted(other.path("computeShareLow")),
                low < 0 ? "; it may be better" : "");
    }

    private static String wasted(JsonNode share) {
        return share.isNumber()
                ? String.format(Locale.ROOT, "%.0f %%", 100 * (1 - share.asDouble()))
                : "more than 99.99 %";
    }

    private static String basis(JsonNode from) {
        List<String> weights = new ArrayList<>();
        from.path("weights")
                .properties()
                .forEach(law -> weights.add(String.format(
                        Locale.ROOT,
                        "%s %.0f %%",
                        law.getKey(),
                        100 * law.getValue().asDouble())));
        return "from " + from.path("losses").asInt() + " final losses; laws " + String.join(", ", weights);
    }

    private static String times(double beyond) {
        return beyond >= 0.095
                ? String.format(Locale.ROOT, beyond >= 9.95 ? "%.0f times" : "%.1f times", beyond)
                : String.format(Locale.ROOT, "%.2g times", beyond);
    }

    private static String scientific(double value) {
        return String.format(Locale.ROOT, "%.2e", value).replace("e+", "e");
    }

    private static String count(JsonNode estimate) {
        return Quantities.si(estimate.path("value").asDouble()) + " ["
                + Quantities.si(estimate.path("low").asDouble()) + ", "
                + Quantities.si(estimate.path("high").asDouble()) + "]";
    }

    private static String nats(JsonNode estimate) {
        return String.format(
                Locale.ROOT,
                "%.3f [%.3f, %.3f]",
                estimate.path("value").asDouble(),
                estimate.path("low").asDouble(),
                estimate.path("high").asDouble());
    }
}
