package org.plmfrontier.trainer.contact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.ranking.Bootstrap;
import org.plmfrontier.trainer.ranking.Interval;

/**
 * Precisions of the best L, L/2 and L/5 long-range and the best L medium- and short-range predictions, means over proteins, with
 * intervals by resampling proteins where there are five at least.
 */
final class ContactMeasures {
    private static final int FEWEST_PROTEINS = 5;
    private static final List<Metric> METRICS = List.of(
            new Metric("longPrecisionL", Range.LONG, 1),
            new Metric("longPrecisionL2", Range.LONG, 2),
            new Metric("longPrecisionL5", Range.LONG, 5),
            new Metric("mediumPrecisionL", Range.MEDIUM, 1),
            new Metric("shortPrecisionL", Range.SHORT, 1));

    private final long seed;
    private final List<double[]> precisions = new ArrayList<>();

    private record Metric(String name, Range range, int divisor) {}

    /**
     * None as yet.
     *
     * @param seed of the resamples
     */
    ContactMeasures(long seed) {
        this.seed = seed;
    }

    void add(PairScores protein) {
        precisions.add(METRICS.stream()
                .mapToDouble(metric ->
                        protein.precision(metric.range(), metric.divisor()).orElse(Double.NaN))
                .toArray());
    }

    /** Of the metrics for which a protein has pairs. */
    List<Measure> measures() {
        List<Measure> measures = new ArrayList<>();
        for (int number = 0; number < METRICS.size(); number++) {
            int metric = number;
            double[] values = precisions.stream()
                    .mapToDouble(own -> own[metric])
                    .filter(Double::isFinite)
                    .toArray();
            if (values.length > 0) {
                measures.add(measure(METRICS.get(metric).name(), values));
            }
        }
        return measures;
    }

    private Measure measure(String name, double[] values) {
        int[] once = new int[values.length];
        Arrays.fill(once, 1);
        double mean = mean(values, once);
        Optional<Interval> interval = values.length < FEWEST_PROTEINS
                ? Optional.empty()
                : Bootstrap.interval(new Bootstrap(seed).replicates(values.length, times -> mean(values, times)));
        return interval.map(found -> new Measure(name, "", mean, found.low(), found.high(), values.length))
                .orElseGet(() -> new Measure(name, "", mean, values.length));
    }

    private static double mean(double[] values, int[] times) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += times[i] * values[i];
        }
        return sum / Arrays.stream(times).sum();
    }
}
