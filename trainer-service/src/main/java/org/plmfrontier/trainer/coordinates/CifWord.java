package org.plmfrontier.trainer.coordinates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of a CIF file.
 *
 * @param quoted whether it stands in quotes, so that it is a value whatever it says
 */
record CifWord(String text, boolean quoted) {
    /** Words of a line: separated by blanks, in single or double quotes where they hold blanks; a comment ends the line. */
    static List<CifWord> of(String line) {
        List<CifWord> words = new ArrayList<>();
        int i = 0;
        while (i < line.length() && line.charAt(i) != '#') {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else {
                boolean quoted = c == '\'' || c == '"';
                int end = quoted ? endOfQuote(line, i) : endOfWord(line, i);
                words.add(new CifWord(line.substring(quoted ? i + 1 : i, end), quoted));
                i = end + (quoted ? 1 : 0);
            }
        }
        return words;
    }

    boolean isName() {
        return !quoted && text.startsWith("_");
    }

    boolean beginsLoop() {
        return !quoted && text.equalsIgnoreCase("loop_");
    }

    boolean beginsBlock() {
        return !quoted && text.toLowerCase(Locale.ROOT).startsWith("data_");
    }

    private static int endOfWord(String line, int start) {
        int end = start;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return end;
    }

    /** A quote ends where a blank follows it. */
    private static int endOfQuote(String line, int start) {
        for (int i = start + 1; i < line.length(); i++) {
            boolean closes = line.charAt(i) == line.charAt(start);
            if (closes && (i + 1 == line.length() || Character.isWhitespace(line.charAt(i + 1)))) {
                return i;
            }
        }
        return line.length();
    }
}
