package org.plmfrontier.trainer.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Values in ascending order, sorted once, so that the ranks of a resample cost one pass. Immutable; thread-safe.
 */
final class Order {
    private final double[] values;
    private final int[] ascending;

    /** @throws IllegalArgumentException where a value is no number */
    Order(double[] values) {
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("only finite values have ranks, got " + Arrays.toString(values));
        }
        this.values = values.clone();
        this.ascending = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    int size() {
        return values.length;
    }

    double value(int i) {
        return values[i];
    }

    /**
     * Average ranks, from 1, equal values sharing the mean of the places that they take.
     *
     * @param counts how often each value occurs
     * @return [size], 0 for values that do not occur
     */
    double[] ranks(int[] counts) {
        double[] ranks = new double[values.length];
        long before = 0;
        int from = 0;
        while (from < ascending.length) {
            int to = from;
            long tied = 0;
            while (to < ascending.length && values[ascending[to]] == values[ascending[from]]) {
                tied += counts[ascending[to++]];
            }
            for (int i = from; i < to; i++) {
                ranks[ascending[i]] = counts[ascending[i]] == 0 ? 0 : before + (tied + 1) / 2.0;
            }
            before += tied;
            from = to;
        }
        return ranks;
    }

    /**
     * Quantile between order statistics, linear: Hyndman and Fan 1996, definition 7, that of NumPy.
     *
     * @param counts how often each value occurs, once at least in all
     */
    double quantile(double share, int[] counts) {
        long size = Arrays.stream(counts).asLongStream().sum();
        double place = share * (size - 1);
        long lower = (long) Math.floor(place);
        double below = at(lower, counts);
        double above = at(Math.min(size - 1, lower + 1), counts);
        return below + (place - lower) * (above - below);
    }

    private double at(long place, int[] counts) {
        long seen = 0;
        for (int i : ascending) {
            seen += counts[i];
            if (seen > place) {
                return values[i];
            }
        }
        throw new IllegalArgumentException("place " + place + " of " + seen + " values");
    }
}
