package org.plmfrontier.launcher.screen;

import java.time.Duration;
import java.util.Locale;

/** How numbers are written for people. */
public final class Quantities {
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

    private Quantities() {}

    /** Three significant digits with an SI prefix, for example {@code 1.02M}; scientific beyond exa. */
    public static String si(double value) {
        double rest = value;
        int prefix = 0;
        while (Math.abs(rest) >= 999.5 && prefix < PREFIXES.length - 1) {
            rest /= 1000;
            prefix++;
        }
        if (Math.abs(rest) >= 999.5) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        boolean whole = prefix == 0 && rest == Math.rint(rest);
        int decimals = whole || Math.abs(rest) >= 99.95 ? 0 : Math.abs(rest) >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f%s", rest, PREFIXES[prefix]);
    }

    /** Minutes and seconds. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60)
                : String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
    }

    /** A bar of the given width, filled by a share of 0 to 1. */
    public static String bar(double share, int width) {
        int filled = (int) Math.round(Math.clamp(share, 0.0, 1.0) * width);
        return "█".repeat(filled) + "░".repeat(width - filled);
    }
}
