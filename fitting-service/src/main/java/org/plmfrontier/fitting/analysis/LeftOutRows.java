package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of a table that are no final losses.
 *
 * @param beyondEpochs rows that repeat their data more often than {@value FinalRows#MOST_EPOCHS} times
 * @param beforeEnd rows before the end of their curve
 */
public record LeftOutRows(long beyondEpochs, long beforeEnd) {
    /** Nothing is left out. */
    public static final LeftOutRows NONE = new LeftOutRows(0, 0);

    public LeftOutRows {
        if (beyondEpochs < 0 || beforeEnd < 0) {
            throw new IllegalArgumentException(
                    "beyondEpochs " + beyondEpochs + " and beforeEnd " + beforeEnd + " must not be negative");
        }
    }

    /** Both together. */
    public LeftOutRows plus(LeftOutRows other) {
        return new LeftOutRows(beyondEpochs + other.beyondEpochs, beforeEnd + other.beforeEnd);
    }

    /** One sentence per kind. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (beyondEpochs > 0) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%d rows beyond %.0f epochs are left out of surfaces",
                    beyondEpochs,
                    FinalRows.MOST_EPOCHS));
        }
        if (beforeEnd > 0) {
            sentences.add(beforeEnd + " rows before the end of their curve are no final losses");
        }
        return sentences;
    }
}
