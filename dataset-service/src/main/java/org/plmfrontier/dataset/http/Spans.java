package org.plmfrontier.dataset.http;

import java.util.Locale;

/** Spans of time in words. */
final class Spans {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double SECONDS_PER_HOUR = 3_600;

    /** Up to which a unit is used. */
    private static final double MANY = 2;

    private Spans() {}

    /** For example {@code 41 s}, {@code 12.5 min}, {@code 31.2 h}; three digits. */
    static String of(double seconds) {
        if (seconds < MANY * SECONDS_PER_MINUTE) {
            return text(seconds, "s");
        }
        return seconds < MANY * SECONDS_PER_HOUR
                ? text(seconds / SECONDS_PER_MINUTE, "min")
                : text(seconds / SECONDS_PER_HOUR, "h");
    }

    private static String text(double value, String unit) {
        return String.format(Locale.ROOT, value < 100 ? "%.3g %s" : "%.0f %s", value, unit);
    }
}
