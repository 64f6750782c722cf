package org.plmfrontier.dataset.plan;

import java.util.Locale;
import java.util.Map;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.contracts.model.ParameterCount;

/** How runs are called: ids that say the cell of the grid, and short labels for people. */
final class RunNames {
    private RunNames() {}

    /** Unique over all studies, for example {@code demo-esm2-l2-d32-f128-h2-s1}. */
    static String id(String study, ModelShape shape, long seed, String suffix) {
        return "%s-%s-l%d-d%d-f%d-h%d-s%d%s"
                .formatted(
                        study,
                        shape.family().name().toLowerCase(Locale.ROOT),
                        shape.layers(),
                        shape.dModel(),
                        shape.ffnSize(),
                        shape.heads(),
                        seed,
                        suffix);
    }

    /**
     * The shape's own name, or its parameters (Table 6) to three digits in thousands or millions, with the family where it
     * is not ESM-2.
     */
    static String label(ModelShape shape) {
        for (Map.Entry<String, ModelShape> named : NamedShapes.byName().entrySet()) {
            if (named.getValue().equals(shape)) {
                return named.getKey();
            }
        }
        double parameters = ParameterCount.of(shape).table6();
        String size = parameters < 1e6 ? rounded(parameters / 1e3) + "K" : rounded(parameters / 1e6) + "M";
        return switch (shape.family()) {
            case ESM2 -> size;
            case CAUSAL -> "causal-" + size;
            case LSTM -> "LSTM-" + size;
        };
    }

    private static String rounded(double value) {
        int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A number in the short scientific form, for example {@code 1.5e6}. */
    static String amount(double amount) {
        int exponent = (int) Math.floor(Math.log10(amount) + 1e-12);
        String mantissa = String.format(Locale.ROOT, "%.3f", amount / Math.pow(10, exponent));
        return mantissa.replaceAll("\\.?0+$", "") + "e" + exponent;
    }
}
