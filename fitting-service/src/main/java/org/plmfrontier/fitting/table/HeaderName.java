package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A header in its parts: {@code val/Loss [nats]} is the words val and loss and the unit nats.
 *
 * @param text as it stands in the file, blanks around it removed
 * @param words lower case, cut at everything that is no letter or digit and where upper case begins
 * @param unit what stands in brackets at the end, or the last word; empty without one
 */
record HeaderName(String text, List<String> words, String unit) {
    private static final String OPENING = "([{";

    HeaderName {
        words = List.copyOf(words);
    }

    static HeaderName of(String header) {
        String text = header.trim();
        int last = text.length() - 1;
        if (last > 0 && ")]}".indexOf(text.charAt(last)) >= 0) {
            for (int i = last - 1; i > 0; i--) {
                if (OPENING.indexOf(text.charAt(i)) >= 0) {
                    return new HeaderName(
                            text,
                            words(text.substring(0, i)),
                            text.substring(i + 1, last).trim());
                }
            }
        }
        return new HeaderName(text, words(text), "");
    }

    /** The words as one. */
    String joined() {
        return String.join("", words);
    }

    /** The same with the last word taken for a unit, as in params_M and tokens_in_billions. */
    Optional<HeaderName> withLastWordAsUnit() {
        if (!unit.isEmpty() || words.size() < 2) {
            return Optional.empty();
        }
        int last = words.size() - 1;
        boolean in = last > 1 && words.get(last - 1).equals("in");
        return Optional.of(new HeaderName(text, words.subList(0, in ? last - 1 : last), words.get(last)));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean hump = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(text.charAt(i - 1));
            if (hump || !Character.isLetterOrDigit(c)) {
                flush(word, words);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }
}
