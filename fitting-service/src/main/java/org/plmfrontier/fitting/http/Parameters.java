package org.plmfrontier.fitting.http;

import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.Methods;

/** Query parameters as numbers; what is no such number is refused with the parameter's name. */
final class Parameters {
    private static final Set<Method> FRONTIERS = Methods.live(Methods.Answers.FRONTIER);
    private static final Set<Method> FITS = Methods.live();

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

    /** A budget that need not be given. */
    static OptionalDouble budget(@Nullable String text) {
        return text == null ? OptionalDouble.empty() : OptionalDouble.of(positive("budgetFlops", text));
    }

    /** The method of a frontier; approach 1 where none is asked. */
    static Method frontierMethod(@Nullable String label) {
        return label == null ? Method.A1 : method(FRONTIERS, "method", label);
    }

    /** Methods by name, separated by commas; all but the verdicts where none is asked. */
    static Set<Method> methods(@Nullable String labels) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        if (labels == null || labels.isBlank()) {
            methods.addAll(FITS);
            methods.removeAll(Methods.live(Methods.Answers.VERDICTS));
            return methods;
        }
        for (String label : labels.split(",", -1)) {
            methods.add(method(FITS, "methods", label.trim()));
        }
        return methods;
    }

    private static Method method(Set<Method> known, String field, String label) {
        return known.stream()
                .filter(method -> method.label().equals(label))
                .findFirst()
                .orElseThrow(() -> refused(
                        field, "one of " + known.stream().map(Method::label).collect(joining(", ")), label));
    }

    private static Refused refused(String field, String wanted, String text) {
        return Refused.badField(field, field + " must be " + wanted + ", got '" + text + "'");
    }
}
