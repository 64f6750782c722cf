package org.plmfrontier.trainer.variant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mean over scans. With a reference file as ProteinGym's leaderboard: over the scans of one protein within a selection type,
 * then over the proteins of the type, then over the types; without one the plain mean.
 *
 * @param groups of each scan; empty for one that does not count
 */
record ScanMean(List<Optional<Group>> groups) {
    /** Where a scan belongs. */
    record Group(String selection, String protein) {}

    private static final class Sum {
        private double sum;
        private double weight;
        private int members;

        void add(double value, double times) {
            sum += value * times;
            weight += times;
            members++;
        }

        double mean() {
            return sum / weight;
        }
    }

    ScanMean {
        groups = List.copyOf(groups);
    }

    /** Groups by a reference file; by nothing where it knows no scan at all and is empty. */
    static ScanMean of(List<Scan> scans, References references) {
        List<Optional<Group>> groups = new ArrayList<>();
        for (Scan scan : scans) {
            groups.add(
                    references.scans().isEmpty()
                            ? Optional.of(new Group("", scan.name()))
                            : references.of(scan.name()).map(entry -> new Group(entry.selection(), entry.protein())));
        }
        return new ScanMean(groups);
    }

    /**
     * The mean.
     *
     * @param values by scan; NaN for one without a value, which does not count
     * @param counts how often each scan counts: a protein counts as often as its scans do on average
     * @return NaN where no scan counts
     */
    double of(double[] values, int[] counts) {
        Map<Group, Sum> proteins = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (groups.get(i).isPresent() && !Double.isNaN(values[i])) {
                proteins.computeIfAbsent(groups.get(i).get(), ignored -> new Sum())
                        .add(values[i], counts[i]);
            }
        }
        Map<String, Sum> selections = new HashMap<>();
        proteins.forEach((group, sum) -> {
            if (sum.weight > 0) {
                selections
                        .computeIfAbsent(group.selection(), ignored -> new Sum())
                        .add(sum.mean(), sum.weight / sum.members);
            }
        });
        Sum all = new Sum();
        selections.values().forEach(sum -> all.add(sum.mean(), 1));
        return all.mean();
    }
}
