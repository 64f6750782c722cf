package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A study as it would be: its choices, its cells, what is left out and what is odd. */
public final class PlanLines {
    private static final double MINUTES_PER_HOUR = 60;

    private PlanLines() {}

    /** @param preview answer of {@code POST /studies?preview=true} */
    public static List<String> of(JsonNode preview) {
        List<String> lines = new ArrayList<>();
        lines.add("study " + preview.path("id").asText() + " on corpus "
                + preview.path("corpus").asText() + ", recipe "
                + preview.path("recipe").path("name").asText());
        preview.path("choices").forEach(choice -> lines.add("  " + choice.asText()));
        lines.add(String.format(
                Locale.ROOT,
                "  %-14s %10s %10s %9s %8s %12s  %s",
                "run",
                "parameters",
                "tokens",
                "FLOPs",
                "epochs",
                "device time",
                "budgets"));
        preview.path("runs").forEach(run -> lines.add(run(run)));
        lines.add(total(preview));
        lines.addAll(makespans(preview));
        preview.path("omissions").forEach(omission -> lines.add("  " + omission.asText()));
        preview.path("warnings").forEach(warning -> lines.add("  warning: " + warning.asText()));
        return lines;
    }

    private static String run(JsonNode run) {
        JsonNode last = run.path("cells").path(run.path("cells").size() - 1);
        return String.format(
                Locale.ROOT,
                "  %-14s %10s %10s %9s %8.2g %12s  %d from %s tokens",
                run.path("name").asText(),
                Quantities.si(run.path("parameters").path("exact").asDouble()),
                Quantities.si(last.path("tokens").asDouble()),
                String.format(Locale.ROOT, "%.2e", run.path("expectedFlops").asDouble()),
                run.path("epochs").asDouble(),
                hours(run.path("deviceHours").asDouble()),
                run.path("cells").size(),
                Quantities.si(run.path("cells").path(0).path("tokens").asDouble()));
    }

    private static String total(JsonNode preview) {
        double hours = 0;
        for (JsonNode run : preview.path("runs")) {
            hours += run.path("deviceHours").asDouble();
        }
        return String.format(
                Locale.ROOT,
                "  together %d run%s, %.2e FLOPs, about %s of one device",
                preview.path("runs").size(),
                preview.path("runs").size() == 1 ? "" : "s",
                preview.path("expectedFlops").asDouble(),
                hours(hours));
    }

    /** Where more than one trainer helps: until when how many are done, a line for each number of devices that they have. */
    private static List<String> makespans(JsonNode preview) {
        Map<Integer, List<String>> byDevices = new TreeMap<>();
        for (JsonNode one : preview.path("makespans")) {
            int trainers = one.path("trainers").asInt();
            String said = hours(one.path("hours").asDouble()) + " with " + trainers + (trainers == 1 ? " trainer" : "");
            byDevices
                    .computeIfAbsent(one.path("devicesEach").asInt(), devices -> new ArrayList<>())
                    .add(said);
        }
        if (byDevices.values().stream().mapToInt(List::size).sum() < 2) {
            return List.of();
        }
        return byDevices.entrySet().stream()
                .map(line -> "  done in " + String.join(", ", line.getValue())
                        + (line.getKey() == 1 ? "" : " of " + line.getKey() + " devices each, at best"))
                .toList();
    }

    private static String hours(double hours) {
        return hours < 2
                ? String.format(Locale.ROOT, "%.3g min", hours * MINUTES_PER_HOUR)
                : String.format(Locale.ROOT, "%.3g h", hours);
    }
}
