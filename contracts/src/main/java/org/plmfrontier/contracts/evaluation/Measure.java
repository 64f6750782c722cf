package org.plmfrontier.contracts.evaluation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One number of an evaluation.
 *
 * @param metric what it is, for example {@code spearman}, {@code q3}, {@code longPrecisionL}, {@code perplexity}
 * @param subject of what: an assay, a protein set; empty for all of the evaluation's data together
 * @param value the number; its unit follows from the metric
 * @param low lower end of its 95 % interval; null where the data give none
 * @param high upper end; null exactly where {@code low} is
 * @param count how many things it is over: variants, residues, proteins
 */
public record Measure(
        String metric,
        String subject,
        double value,
        @Nullable Double low,
        @Nullable Double high,
        long count) {
    public Measure {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(subject, "subject");
        if (metric.isEmpty() || !Double.isFinite(value)) {
            throw new IllegalArgumentException("measure '" + metric + "' of '" + subject + "' is " + value);
        }
        if ((low == null) != (high == null) || (low != null && !(low <= high && high - low < Double.MAX_VALUE))) {
            throw new IllegalArgumentException(
                    "interval of measure '" + metric + "' of '" + subject + "' is " + low + " to " + high);
        }
        if (count < 0) {
            throw new IllegalArgumentException("count of measure '" + metric + "' is " + count);
        }
    }

    /** A number without an interval. */
    public Measure(String metric, String subject, double value, long count) {
        this(metric, subject, value, null, null, count);
    }
}
