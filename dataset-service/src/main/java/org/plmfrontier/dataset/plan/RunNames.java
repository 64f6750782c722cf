package org.plmfrontier.dataset.plan;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.dataset.refusal.RefusedException;

/** How runs are called: ids that say the cell of the grid, and short labels for people. */
final class RunNames {
    private static final int LONGEST = 100;
    private static final int HASH_DIGITS = 8;

    private RunNames() {}

    /**
     * Unique over all studies and specifications, for example {@code demo-esm2-l2-d32-f128-h2-s1-e6429931}: the cell of
     * the grid, and the first digits of what {@link RunSpec#specification()} says of the run. Where that is the id of a run that
     * was deleted a number follows, {@code .2} first: what is under way of the deleted run is never taken for this one's.
     *
     * @param deleted ids that were given and are not given again
     * @throws RefusedException where the study's own id leaves too little room
     */
    static String id(String cell, RunSpec run, Set<String> deleted) {
        String first = cell + "-" + run.specification().substring(0, HASH_DIGITS);
        String id = first;
        for (int time = 2; deleted.contains(id); time++) {
            id = first + "." + time;
        }
        if (id.length() > LONGEST) {
            throw new RefusedException(
                    "id",
                    "id '" + run.studyId() + "' is too long: run " + id + " would have " + id.length()
                            + " letters, at most " + LONGEST + " are possible");
        }
        return id;
    }

    /** The cell of a run's id: what ids were before they named the specification. */
    static String cell(String id) {
        return id.substring(0, id.length() - HASH_DIGITS - 1);
    }

    /** The cell of the grid, for example {@code demo-esm2-l2-d32-f128-h2-s1}. */
    static String cell(String study, ModelShape shape, long seed, String suffix) {
        return "%s-%s-l%d-d%d-f%d-h%d%s-s%d%s"
                .formatted(
                        study,
                        shape.family().name().toLowerCase(Locale.ROOT),
                        shape.layers(),
                        shape.dModel(),
                        shape.ffnSize(),
                        shape.heads(),
                        shape.normalisesQueriesAndKeys() ? "-qk" : "",
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
        String named = switch (shape.family()) {
            case ESM2 -> size;
            case CAUSAL -> "causal-" + size;
            case LSTM -> "LSTM-" + size;
            case MODERN -> "modern-" + size;
            case MODERN_CAUSAL -> "modern-causal-" + size;
        };
        return named + (shape.normalisesQueriesAndKeys() ? "-qk" : "");
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
