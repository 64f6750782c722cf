package org.plmfrontier.trainer.variant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.ranking.Bootstrap;
import org.plmfrontier.trainer.ranking.Interval;
import org.plmfrontier.trainer.ranking.PairedScores;

/**
 * What predicted scores are worth on scans: {@code spearman}, {@code topRecall} and, where there are labels, {@code auc}, of each
 * scan and of all together. The interval of a scan is by resampling its variants. That of the mean is by resampling the scans
 * where five or more have a value, so it tells what other proteins would give; of fewer, by resampling the variants within each
 * scan, so it tells of these proteins only. Resamples: a thousand, fewer of scans beyond 50,000 variants, 200 at least.
 *
 * @param scans one at least
 * @param mean over them
 * @param seed of the resamples
 */
record ScanMetrics(List<Scan> scans, ScanMean mean, int seed) {
    private static final int ENOUGH_SCANS = 5;
    private static final int FEWEST_RESAMPLES = 200;
    private static final long DRAWS = 50_000_000;
    /** In the mean's seed, so that its draws are not those of a scan. */
    private static final long OF_THE_MEAN = 1L << 32;

    /** A statistic of one scan, and of its resamples; NaN where there is none. */
    private record Replicated(String scan, double value, double[] replicates, long variants) {}

    ScanMetrics {
        scans = List.copyOf(scans);
    }

    /**
     * All metrics.
     *
     * @param predicted by scan and variant; what is not finite is left out
     */
    List<Measure> of(double[][] predicted) {
        List<Measure> measures = new ArrayList<>();
        measures.addAll(metric(
                "spearman", predicted, false, pairs -> counts -> pairs.scores().spearman(counts)));
        measures.addAll(metric(
                "topRecall", predicted, false, pairs -> counts -> pairs.scores().topRecall(counts)));
        measures.addAll(metric(
                "auc", predicted, true, pairs -> counts -> pairs.scores().auc(pairs.labels(), counts)));
        return measures;
    }

    private record Pairs(PairedScores scores, boolean[] labels) {}

    private List<Measure> metric(
            String name,
            double[][] predicted,
            boolean labelled,
            Function<Pairs, Function<int[], OptionalDouble>> statistic) {
        List<Replicated> found = new ArrayList<>();
        List<Measure> measures = new ArrayList<>();
        int longest =
                scans.stream().mapToInt(scan -> scan.scores().length).max().orElseThrow();
        int resamples = (int) Math.clamp(DRAWS / longest, FEWEST_RESAMPLES, Bootstrap.USUAL);
        for (int i = 0; i < scans.size(); i++) {
            Pairs pairs = pairs(scans.get(i), predicted[i], labelled);
            int size = pairs.scores().size();
            Function<int[], OptionalDouble> of = statistic.apply(pairs);
            OptionalDouble value = of.apply(pairs.scores().each());
            double[] replicates = new double[0];
            if (value.isPresent()) {
                replicates = new Bootstrap(seed + (long) i, resamples)
                        .replicates(size, counts -> of.apply(counts).orElse(Double.NaN));
                measures.add(
                        measure(name, scans.get(i).name(), value.getAsDouble(), Bootstrap.interval(replicates), size));
            }
            found.add(new Replicated(scans.get(i).name(), value.orElse(Double.NaN), replicates, size));
        }
        together(name, found, resamples).ifPresent(measures::addFirst);
        return measures;
    }

    private Optional<Measure> together(String name, List<Replicated> found, int resamples) {
        double[] values = found.stream().mapToDouble(Replicated::value).toArray();
        int[] each = new int[values.length];
        Arrays.fill(each, 1);
        double value = mean.of(values, each);
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        long counting = Arrays.stream(values).filter(Double::isFinite).count();
        double[] replicates = new double[resamples];
        if (counting >= ENOUGH_SCANS) {
            replicates = new Bootstrap(seed + OF_THE_MEAN, resamples)
                    .replicates(values.length, counts -> mean.of(values, counts));
        } else {
            for (int r = 0; r < resamples; r++) {
                int resample = r;
                replicates[r] = mean.of(
                        found.stream()
                                .mapToDouble(scan ->
                                        scan.replicates().length == 0 ? Double.NaN : scan.replicates()[resample])
                                .toArray(),
                        each);
            }
        }
        long variants = found.stream()
                .filter(scan -> !Double.isNaN(scan.value()))
                .mapToLong(Replicated::variants)
                .sum();
        return Optional.of(measure(name, "", value, Bootstrap.interval(replicates), variants));
    }

    private static Measure measure(String name, String subject, double value, Optional<Interval> interval, long count) {
        return new Measure(
                name,
                subject,
                value,
                interval.map(Interval::low).orElse(null),
                interval.map(Interval::high).orElse(null),
                count);
    }

    private static Pairs pairs(Scan scan, double[] predicted, boolean labelled) {
        int[] kept = IntStream.range(0, predicted.length)
                .filter(i -> Double.isFinite(predicted[i]) && (!labelled || scan.labels()[i] >= 0))
                .toArray();
        boolean[] labels = new boolean[kept.length];
        for (int i = 0; i < kept.length; i++) {
            labels[i] = scan.labels()[kept[i]] == 1;
        }
        return new Pairs(
                new PairedScores(
                        Arrays.stream(kept).mapToDouble(i -> scan.scores()[i]).toArray(),
                        Arrays.stream(kept).mapToDouble(i -> predicted[i]).toArray()),
                labels);
    }
}
