package org.plmfrontier.fitting.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks whether a run begins with rows of another one, as joined exports do: its FLOPs per token, C over D in the first row
 * and the increments after it, are the run's own constant 6 N.
 */
final class FirstRows {
    private static final int FEWEST = 5;
    private static final double FACTOR = 1.5;

    private FirstRows() {}

    /** What is wrong; empty where nothing is, or where the rows do not say. */
    static Optional<String> foreign(List<TableRow> rows) {
        boolean known = rows.stream().allMatch(row -> row.computeFlops().isPresent());
        if (!known || rows.size() < FEWEST) {
            return Optional.empty();
        }
        double[] perToken = perToken(rows);
        double usual = median(perToken);
        int foreign = 0;
        while (foreign < perToken.length && unlike(perToken[foreign], usual)) {
            foreign++;
        }
        return foreign == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the first %d rows cost %.3g FLOPs per token, the run %.3g: rows of another run?",
                        foreign,
                        perToken[0],
                        usual));
    }

    private static double[] perToken(List<TableRow> rows) {
        double[] perToken = new double[rows.size()];
        perToken[0] = rows.get(0).flops() / rows.get(0).tokens();
        for (int i = 1; i < perToken.length; i++) {
            double tokens = rows.get(i).tokens() - rows.get(i - 1).tokens();
            double flops = rows.get(i).flops() - rows.get(i - 1).flops();
            perToken[i] = flops / tokens;
        }
        return perToken;
    }

    /** An increment that is no positive number says nothing about the rows before it. */
    private static boolean unlike(double value, double usual) {
        return value > 0 && usual > 0 && (value > FACTOR * usual || value < usual / FACTOR);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
