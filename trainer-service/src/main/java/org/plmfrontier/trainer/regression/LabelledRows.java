package org.plmfrontier.trainer.regression;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Rows of features with the class of each. The arrays are not copied and must not be changed.
 *
 * @param rows features [rows][features]
 * @param labels class of each row [rows], from 0
 * @param classes how many there are
 */
public record LabelledRows(float[][] rows, byte[] labels, int classes) {
    public LabelledRows {
        Objects.requireNonNull(rows, "rows");
        if (rows.length == 0 || rows.length != labels.length) {
            throw new IllegalArgumentException("rows and labels must be equally many and some, got " + rows.length
                    + " rows and " + labels.length + " labels");
        }
        if (classes < 2) {
            throw new IllegalArgumentException("classes must be 2 at least, got " + classes);
        }
        for (byte label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("label " + label + " is outside 0.." + (classes - 1));
            }
        }
    }

    /** Some sets, one after the other; all have the same classes. */
    public static LabelledRows joined(List<LabelledRows> parts) {
        float[][] rows =
                parts.stream().flatMap(part -> Arrays.stream(part.rows)).toArray(float[][]::new);
        byte[] labels = new byte[rows.length];
        int first = 0;
        for (LabelledRows part : parts) {
            System.arraycopy(part.labels, 0, labels, first, part.size());
            first += part.size();
        }
        return new LabelledRows(rows, labels, parts.getFirst().classes);
    }

    public int size() {
        return rows.length;
    }

    /** Number of features. */
    public int features() {
        return rows[0].length;
    }
}
