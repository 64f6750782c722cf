package org.plmfrontier.trainer.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.ranking.Bootstrap;
import org.plmfrontier.trainer.ranking.Interval;

/** The metrics of predicted states, with intervals by resampling proteins, where there are five at least. */
final class StructureMeasures {
    private static final int FEWEST_PROTEINS = 5;

    private final List<Confusion> proteins;
    private final String subject;
    private final long seed;
    private final List<Measure> measures = new ArrayList<>();

    private StructureMeasures(List<Confusion> proteins, String subject, long seed) {
        this.proteins = proteins;
        this.subject = subject;
        this.seed = seed;
    }

    /** Metrics of a set, of which each protein is given by its own counts. */
    static List<Measure> of(List<Confusion> proteins, String subject, long seed) {
        StructureMeasures made = new StructureMeasures(proteins, subject, seed);
        int[] once = new int[proteins.size()];
        Arrays.fill(once, 1);
        long residues = Confusion.sum(proteins, once).total();
        double[] shares = proteins.stream().mapToDouble(Confusion::q3).toArray();
        made.add("q3", once, residues, times -> Confusion.sum(proteins, times).q3());
        made.add("q3PerProtein", once, proteins.size(), times -> mean(shares, times));
        for (int state = 0; state < LabelledProtein.LETTERS.length(); state++) {
            int own = state;
            String name = "f1" + LabelledProtein.LETTERS.charAt(state);
            made.add(
                    name,
                    once,
                    residues,
                    times -> Confusion.sum(proteins, times).f1(own));
        }
        return made.measures;
    }

    private void add(String metric, int[] once, long count, ToDoubleFunction<int[]> statistic) {
        double value = statistic.applyAsDouble(once);
        if (!Double.isFinite(value)) {
            return;
        }
        Optional<Interval> interval = proteins.size() < FEWEST_PROTEINS
                ? Optional.empty()
                : Bootstrap.interval(new Bootstrap(seed).replicates(proteins.size(), statistic));
        measures.add(interval.map(found -> new Measure(metric, subject, value, found.low(), found.high(), count))
                .orElseGet(() -> new Measure(metric, subject, value, count)));
    }

    private static double mean(double[] values, int[] times) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < values.length; i++) {
            sum += times[i] * values[i];
            total += times[i];
        }
        return sum / total;
    }
}
