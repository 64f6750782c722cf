package org.plmfrontier.fitting.frontier;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.fitting.curve.Domain;

/** Budgets at which a frontier is tabulated. */
public final class Budgets {
    private static final double[] STEPS = {1, 2, 5};
    /** A round budget this close to the end would repeat it. */
    private static final double NEAR_END = 0.99;

    private Budgets() {}

    /** 1, 2 and 5 times each power of ten within the domain, and the domain's end; ascending FLOPs. */
    public static double[] within(Domain domain) {
        List<Double> budgets = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(domain.minFlops()));
        int last = (int) Math.floor(Math.log10(domain.maxFlops()));
        for (int decade = first; decade <= last; decade++) {
            for (double step : STEPS) {
                double budget = step * Math.pow(10, decade);
                if (domain.contains(budget) && budget < NEAR_END * domain.maxFlops()) {
                    budgets.add(budget);
                }
            }
        }
        budgets.add(domain.maxFlops());
        return budgets.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
