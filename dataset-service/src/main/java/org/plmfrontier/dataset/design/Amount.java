package org.plmfrontier.dataset.design;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Numbers as people write them: {@code 20000000}, {@code 2e7}, {@code 20M}, {@code 1.2B}. */
public final class Amount {
    private static final Pattern FORM =
            Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE]([+-]?\\d{1,3}))?([kKMBGT]?)");
    private static final Map<String, Double> FACTORS =
            Map.of("", 1.0, "k", 1e3, "K", 1e3, "M", 1e6, "B", 1e9, "G", 1e9, "T", 1e12);

    private Amount() {}

    /** The form of an amount, for larger expressions; without groups. */
    static final String PATTERN = "(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?[kKMBGT]?";

    /**
     * Reads an amount.
     *
     * @param field of the request, for the message
     * @throws RefusedException where it is none, or not positive
     */
    public static double parse(String field, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new RefusedException(
                    field, field + " must be a number such as 20000000, 2e7, 20M or 1.2B, got '" + text + "'");
        }
        double digits = Double.parseDouble(matcher.group(1));
        double power = matcher.group(2) == null ? 1 : Math.pow(10, Integer.parseInt(matcher.group(2)));
        double value = digits * power * FACTORS.getOrDefault(matcher.group(3), 1.0);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new RefusedException(field, field + " must be positive and finite, got '" + text + "'");
        }
        return value;
    }
}
