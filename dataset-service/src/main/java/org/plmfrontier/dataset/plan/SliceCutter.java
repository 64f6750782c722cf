package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * A run to slices: every budget's end is a slice's end, and so is every mark whose state an evaluation wants. Slices hold whole steps and cost about the same number of
 * FLOPs, and each begins where the one before it ends. For one use.
 */
final class SliceCutter {
    private final RunSpec run;
    private final RunCost cost;
    private final double target;
    private final double ahead;
    private final int step;
    private final SortedMap<Long, List<Double>> marks;
    private double flopsCut;

    /** Cuts a run for its device. */
    static SliceCutter of(RunSpec run, LoadProfile profile, Slicing slicing, double largestRun) {
        return new SliceCutter(
                run,
                new RunCost(run.shape(), profile),
                slicing.target(largestRun, run),
                slicing.time().aheadFlops(run),
                RunMarks.of(run, profile, slicing.marks()));
    }

    /**
     * Cuts a run.
     *
     * @param target FLOPs that a slice aims at
     * @param ahead FLOPs after which no further slice is begun
     * @param marks records at which slices end besides, and for which evaluations
     */
    private SliceCutter(RunSpec run, RunCost cost, double target, double ahead, SortedMap<Long, List<Double>> marks) {
        this.marks = marks;
        this.run = run;
        this.cost = cost;
        this.target = target;
        this.ahead = ahead;
        this.step = run.recipe().recordsPerStep();
    }

    List<BatchJob> slices() {
        return slicesFrom(0, 0);
    }

    /**
     * The next slices of a run, as far as they are cut ahead.
     *
     * @param start where the last of those that are there ends
     * @param first number of the first slice
     */
    List<BatchJob> slicesFrom(long start, int first) {
        List<BatchJob> slices = new ArrayList<>();
        SortedSet<Long> ends = new TreeSet<>(marks.keySet());
        run.budgets().forEach(budget -> ends.add(budget.endRecord()));
        long from = start;
        for (long end : ends.tailSet(start + 1)) {
            cut(from, end, first, slices);
            from = end;
        }
        return slices;
    }

    private void cut(long from, long to, int first, List<BatchJob> slices) {
        double whole = cost.flops(from, to);
        long steps = (to - from) / step;
        long parts = Math.clamp(Math.round(whole / target), 1, steps);
        long start = from;
        for (long part = 1; part <= parts && flopsCut < ahead; part++) {
            long latest = to - (parts - part) * step;
            long end = part == parts ? to : nearest(from, whole * part / parts, start + step, latest);
            double flops = cost.flops(start, end);
            slices.add(new BatchJob(run, first + slices.size(), start, end, flops, marks.get(end)));
            flopsCut += flops;
            start = end;
        }
    }

    /** The first step boundary at which the FLOPs since {@code from} reach the amount, within bounds. */
    private long nearest(long from, double flops, long earliest, long latest) {
        long low = 0;
        long high = (latest - earliest) / step;
        while (low < high) {
            long middle = (low + high) / 2;
            if (cost.flops(from, earliest + middle * step) < flops) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return earliest + low * step;
    }
}
