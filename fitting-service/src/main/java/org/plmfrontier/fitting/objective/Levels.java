package org.plmfrontier.fitting.objective;

import java.util.Arrays;

/**
 * The different values of a column and where each row stands among them: grids have few sizes and budgets, so that a power
 * is computed once per value and not once per row. The arrays are not to be changed.
 *
 * @param value [levels] ascending
 * @param index [rows] place of the row's value in {@code value}
 */
public record Levels(double[] value, int[] index) {
    static Levels of(double[] column) {
        double[] value = Arrays.stream(column).sorted().distinct().toArray();
        return new Levels(
                value,
                Arrays.stream(column)
                        .mapToInt(x -> Arrays.binarySearch(value, x))
                        .toArray());
    }

    public int count() {
        return value.length;
    }
}
