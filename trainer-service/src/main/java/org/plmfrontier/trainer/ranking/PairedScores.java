package org.plmfrontier.trainer.ranking;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What was measured of some things and what was predicted of them, and how far the two orders agree. A statistic without a
 * value is empty: fewer than three things, or all alike in one of the two. Immutable; thread-safe.
 */
public final class PairedScores {
    private static final int FEWEST = 3;
    /** The best tenth counts as top. */
    private static final double TOP = 0.9;

    private final Order measured;
    private final Order predicted;

    /**
     * Pairs scores by their place.
     *
     * @throws IllegalArgumentException where they are not equally many or one is no finite number
     */
    public PairedScores(double[] measured, double[] predicted) {
        if (measured.length != predicted.length) {
            throw new IllegalArgumentException(
                    measured.length + " things were measured, " + predicted.length + " were predicted");
        }
        this.measured = new Order(measured);
        this.predicted = new Order(predicted);
    }

    public int size() {
        return measured.size();
    }

    /** Every thing once. */
    public int[] each() {
        int[] counts = new int[size()];
        Arrays.fill(counts, 1);
        return counts;
    }

    /**
     * Spearman's rank correlation: Pearson's of the ranks, equal values sharing the average of theirs.
     *
     * @param counts how often each thing counts
     */
    public OptionalDouble spearman(int[] counts) {
        double[] x = measured.ranks(counts);
        double[] y = predicted.ranks(counts);
        long size = size(counts);
        double mean = (size + 1) / 2.0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < counts.length; i++) {
            xx += counts[i] * (x[i] - mean) * (x[i] - mean);
            yy += counts[i] * (y[i] - mean) * (y[i] - mean);
            xy += counts[i] * (x[i] - mean) * (y[i] - mean);
        }
        return size < FEWEST || xx == 0 || yy == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.clamp(xy / Math.sqrt(xx * yy), -1, 1));
    }

    /**
     * Share of the things in the measured best tenth that are in the predicted best tenth too. A tenth is what lies at or above
     * the 90 % quantile, as in ProteinGym's {@code calc_toprecall} (Notin et al. 2023).
     *
     * @param counts how often each thing counts
     */
    public OptionalDouble topRecall(int[] counts) {
        if (size(counts) < FEWEST || isConstant(measured, counts) || isConstant(predicted, counts)) {
            return OptionalDouble.empty();
        }
        double best = measured.quantile(TOP, counts);
        double promised = predicted.quantile(TOP, counts);
        long top = 0;
        long found = 0;
        for (int i = 0; i < counts.length; i++) {
            if (measured.value(i) >= best) {
                top += counts[i];
                found += predicted.value(i) >= promised ? counts[i] : 0;
            }
        }
        return OptionalDouble.of((double) found / top);
    }

    /**
     * Area under the ROC curve: how likely a thing of the one label is predicted above one of the other, ties counting half
     * (Mann and Whitney 1947).
     *
     * @param labels of each thing; empty where a label is missing on one of the sides
     * @param counts how often each thing counts
     */
    public OptionalDouble auc(boolean[] labels, int[] counts) {
        double[] ranks = predicted.ranks(counts);
        long positive = 0;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            if (labels[i]) {
                positive += counts[i];
                sum += counts[i] * ranks[i];
            }
        }
        long negative = size(counts) - positive;
        return size(counts) < FEWEST || positive == 0 || negative == 0 || isConstant(predicted, counts)
                ? OptionalDouble.empty()
                : OptionalDouble.of((sum - positive * (positive + 1) / 2.0) / positive / negative);
    }

    private static boolean isConstant(Order order, int[] counts) {
        return order.quantile(0, counts) == order.quantile(1, counts);
    }

    private static long size(int[] counts) {
        return Arrays.stream(counts).asLongStream().sum();
    }
}
