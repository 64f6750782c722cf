package org.plmfrontier.dataset.design;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Sizes as a ladder: {@code 5M..650M, 8} is eight sizes at equal factors from 5 to 650 million parameters. */
public final class SizeLadder {
    private static final Pattern FORM =
            Pattern.compile("(" + Amount.PATTERN + ")\\s*\\.\\.\\s*(" + Amount.PATTERN + ")\\s*,\\s*(\\d{1,4})");

    /** Sizes of one ladder at most. */
    private static final int MOST = 200;

    /** Below and beyond them no shape is built. */
    private static final double SMALLEST = 1e3;

    private static final double LARGEST = 1e12;

    private SizeLadder() {}

    /**
     * Shapes of a ladder, smallest first; sizes so near to each other that they give the same shape are one.
     *
     * @param field of the request, for the message
     * @throws RefusedException where it reads otherwise, or its ends are not in order
     */
    public static List<ModelShape> parse(String field, String text, Family family) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new RefusedException(
                    field, field + " must read like '5M..650M, 8' (from, to, how many), got '" + text + "'");
        }
        double smallest = Amount.parse(field, matcher.group(1));
        double largest = Amount.parse(field, matcher.group(2));
        int count = Integer.parseInt(matcher.group(3));
        if (smallest >= largest || smallest < SMALLEST || largest > LARGEST) {
            throw new RefusedException(field, field + " must ascend within 1k to 1T parameters, got '" + text + "'");
        }
        if (count < 2 || count > MOST) {
            throw new RefusedException(field, field + " must be 2 to " + MOST + " sizes, got " + count);
        }
        return ShapeOfSize.ladder(family, smallest, largest, count);
    }

    /** One size, as {@code 20M}. */
    public static ModelShape one(String field, String text, Family family) {
        double size = Amount.parse(field, text);
        if (size < SMALLEST || size > LARGEST) {
            throw new RefusedException(field, field + " must be 1k to 1T parameters, got '" + text + "'");
        }
        return ShapeOfSize.nearest(family, size);
    }
}
