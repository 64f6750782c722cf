package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Studies beside each other in words, from {@code GET /comparisons} of the fitting service. */
public final class ComparisonLines {
    private ComparisonLines() {}

    /** One line per member, the verdicts, how exponents differ, and what to know. */
    public static List<String> of(JsonNode comparison) {
        List<String> lines = new ArrayList<>();
        comparison.path("members").forEach(member -> lines.add(member(member)));
        for (JsonNode pair : comparison.path("differences")) {
            lines.add(pair.path("sentence").asText());
        }
        lines.addAll(differences(comparison));
        return lines;
    }

    /** How the exponents of the others differ from those of the first, and what to know. */
    public static List<String> differences(JsonNode comparison) {
        List<String> lines = new ArrayList<>();
        for (JsonNode pair : comparison.path("differences")) {
            lines.add(
                    pair.path("other").asText() + " less " + pair.path("first").asText() + ":");
            for (JsonNode method : comparison.path("methods")) {
                lines.add("  "
                        + exponents(
                                method,
                                pair.path("exponents").path(method.path("key").asText())));
            }
        }
        comparison.path("caveats").forEach(caveat -> lines.add("note: " + caveat.asText()));
        return lines;
    }

    private static String member(JsonNode member) {
        JsonNode loss = member.path("atBudget").path("lossNats");
        String head = String.format(
                Locale.ROOT,
                "%s: %d of %d runs over",
                member.path("name").asText(),
                member.path("runsOver").asInt(),
                member.path("runs").asInt());
        return loss.isObject()
                ? String.format(
                        Locale.ROOT,
                        "%s, %.4f [%.4f, %.4f] nats at the budget",
                        head,
                        loss.path("value").asDouble(),
                        loss.path("low").asDouble(),
                        loss.path("high").asDouble())
                : head + ", nothing forecast: " + member.path("reason").asText();
    }

    private static String exponents(JsonNode method, JsonNode difference) {
        String name = method.path("name").asText();
        return difference.path("a").isObject()
                ? name + ": a " + signed(difference.path("a")) + ", b " + signed(difference.path("b"))
                : name + ": no difference, " + difference.path("reason").asText();
    }

    private static String signed(JsonNode estimate) {
        return String.format(
                Locale.ROOT,
                "%+.3f [%+.3f, %+.3f]",
                estimate.path("value").asDouble(),
                estimate.path("low").asDouble(),
                estimate.path("high").asDouble());
    }
}
