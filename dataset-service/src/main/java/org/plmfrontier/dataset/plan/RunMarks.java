package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * Places within a run whose states evaluations want: every so many per cent of its training FLOPs up to its largest budget, each at
 * the first step at which they are spent. The ends of its budgets are none of them; their states are kept anyway.
 */
public final class RunMarks {
    /** A mark that is closer to the run's end than this share is its end. */
    private static final double ROUNDING = 1e-9;

    private static final double PER_CENT = 100;

    private RunMarks() {}

    /**
     * The marks of a run.
     *
     * @param profile loads of the corpus's records
     * @param percents of the run's compute between two marks, each in (0, 100); each of an evaluation
     * @return record to the percentages of which it is a multiple, both ascending
     */
    public static SortedMap<Long, List<Double>> of(RunSpec run, LoadProfile profile, Collection<Double> percents) {
        SortedMap<Long, List<Double>> marks = new TreeMap<>();
        RunCost cost = new RunCost(run.shape(), profile);
        double whole = percents.isEmpty() ? 0 : cost.flops(0, run.endRecord());
        for (double percent : new TreeSet<>(percents)) {
            for (int i = 1; i * percent / PER_CENT < 1 - ROUNDING; i++) {
                long record = reached(run, cost, whole * i * percent / PER_CENT);
                List<Double> there = marks.computeIfAbsent(record, key -> new ArrayList<>());
                if (!there.contains(percent)) {
                    there.add(percent);
                }
            }
        }
        run.budgets().forEach(budget -> marks.remove(budget.endRecord()));
        return marks;
    }

    /** The first step boundary at which so many FLOPs are spent. */
    private static long reached(RunSpec run, RunCost cost, double flops) {
        int step = run.recipe().recordsPerStep();
        long low = 1;
        long high = run.endRecord() / step;
        while (low < high) {
            long middle = (low + high) / 2;
            if (cost.flops(0, middle * step) < flops) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * step;
    }
}
