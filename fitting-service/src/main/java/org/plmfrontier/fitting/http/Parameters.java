package org.plmfrontier.fitting.http;

import org.jspecify.annotations.Nullable;

/** Query parameters as numbers; what is no such number is refused with the parameter's name. */
final class Parameters {
    private Parameters() {}

    static int whole(String field, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(field, least + " to " + most, text);
        }
        throw refused(field, least + " to " + most, text);
    }

    static double positive(String field, @Nullable String text) {
        if (text == null) {
            throw Refused.badField(field, field + " is missing");
        }
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(field, "a positive number", text);
        }
        throw refused(field, "a positive number", text);
    }

    private static Refused refused(String field, String wanted, String text) {
        return Refused.badField(field, field + " must be " + wanted + ", got '" + text + "'");
    }
}
