package org.plmfrontier.dataset.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes an answer holds (RFC 9110, section 14.4).
 *
 * @param first place of the first byte, from 0
 * @param last place of the last byte; one less than the first where it holds none
 * @param total bytes of the whole file, or {@link SourceStream#UNKNOWN}
 */
public record ContentRange(long first, long last, long total) {
    private static final Pattern HELD = Pattern.compile("bytes[ =]+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final Pattern NONE = Pattern.compile("bytes[ =]+\\*/(\\d{1,18})");

    public ContentRange {
        if (first < 0 || last < first - 1 || (total != SourceStream.UNKNOWN && total <= last)) {
            throw new IllegalArgumentException(
                    "a range from " + first + " to " + last + " of " + total + " bytes is none");
        }
    }

    /** The header's value; empty where it says no range, or an impossible one. */
    public static Optional<ContentRange> parse(String header) {
        Matcher held = HELD.matcher(header.strip());
        if (!held.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(held.group(1));
        long last = Long.parseLong(held.group(2));
        long total = held.group(3).equals("*") ? SourceStream.UNKNOWN : Long.parseLong(held.group(3));
        boolean possible = first <= last && (total == SourceStream.UNKNOWN || last < total);
        return possible ? Optional.of(new ContentRange(first, last, total)) : Optional.empty();
    }

    /** Length of the file in the answer to a range that begins behind its end; empty where it is not said. */
    public static Optional<Long> totalBeyond(String header) {
        Matcher none = NONE.matcher(header.strip());
        return none.matches() ? Optional.of(Long.parseLong(none.group(1))) : Optional.empty();
    }
}
