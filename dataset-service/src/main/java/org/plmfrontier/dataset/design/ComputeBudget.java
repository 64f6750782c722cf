package org.plmfrontier.dataset.design;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plmfrontier.dataset.refusal.RefusedException;

/** What a whole study may take. */
public sealed interface ComputeBudget {
    /** @param flops training FLOPs of all runs together */
    record Flops(double flops) implements ComputeBudget {}

    /**
     * Time of devices that are known by name.
     *
     * @param deviceSeconds of all devices together
     * @param device which they are
     */
    record OnDevice(double deviceSeconds, KnownDevice device) implements ComputeBudget {}

    /**
     * Time of this suite's trainers.
     *
     * @param seconds of each trainer, or of all together
     * @param together whether it is of all together
     */
    record Here(double seconds, boolean together) implements ComputeBudget {}

    /** What {@link #parse} reads, for messages. */
    String FORMS = "'20 minutes here', '2 gpu-hours on H100', '3 hours on 4 A100' or '1e18 FLOPs'";

    /**
     * Reads a budget: an amount of FLOPs, of time, or of device time. Time is of this suite's trainers, side by side, unless
     * devices are named.
     *
     * @param field of the request, for the message
     * @throws RefusedException where it is none of {@link #FORMS}
     */
    static ComputeBudget parse(String field, String text) {
        Matcher matcher = Grammar.FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new RefusedException(field, field + " must read like " + FORMS + ", got '" + text + "'");
        }
        double amount = Amount.parse(field, matcher.group("amount"));
        String unit = matcher.group("unit").toLowerCase(Locale.ROOT);
        String device = matcher.group("device");
        if (unit.startsWith("flop")) {
            if (device != null) {
                throw new RefusedException(field, "a budget of FLOPs needs no device, got '" + text + "'");
            }
            return new Flops(amount);
        }
        boolean together = unit.startsWith("gpu") || unit.startsWith("device");
        double seconds = amount * seconds(field, unit.replaceFirst("^(gpu|device)[- ]?", ""), text);
        if (device == null) {
            return new Here(seconds, together);
        }
        String number = matcher.group("count");
        int count = number == null || together ? 1 : Integer.parseInt(number);
        return new OnDevice(seconds * Math.max(1, count), KnownDevice.named(field, device));
    }

    private static double seconds(String field, String unit, String text) {
        Double seconds = Grammar.SECONDS.get(unit.length() > 1 ? unit.replaceFirst("s$", "") : unit);
        if (seconds == null) {
            throw new RefusedException(
                    field,
                    "unknown unit '" + unit + "' in '" + text + "'; known are seconds, minutes, hours, days, their gpu-"
                            + " and device- forms, and FLOPs");
        }
        return seconds;
    }

    /** How a budget is written. */
    final class Grammar {
        private static final Pattern FORM = Pattern.compile(
                "(?<amount>" + Amount.PATTERN + ")\\s*(?<unit>(?:(?:gpu|device)[- ]?)?[a-z]+)"
                        + "(?:\\s+here|\\s+on\\s+(?:(?<count>\\d{1,5})\\s*x?\\s+)?(?<device>[a-z][a-z0-9 ]*))?",
                Pattern.CASE_INSENSITIVE);

        private static final Map<String, Double> SECONDS = Map.ofEntries(
                Map.entry("s", 1.0),
                Map.entry("sec", 1.0),
                Map.entry("second", 1.0),
                Map.entry("m", 60.0),
                Map.entry("min", 60.0),
                Map.entry("minute", 60.0),
                Map.entry("h", 3_600.0),
                Map.entry("hour", 3_600.0),
                Map.entry("d", 86_400.0),
                Map.entry("day", 86_400.0));

        private Grammar() {}
    }
}
