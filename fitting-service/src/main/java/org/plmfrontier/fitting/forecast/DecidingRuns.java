package org.plmfrontier.fitting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Which runs would decide what size is best at a budget. */
public final class DecidingRuns {
    /** How many are named. */
    private static final int MOST = 3;

    /** A run that narrows the interval by less than this share of its logarithm decides nothing. */
    private static final double LEAST_GAIN = 0.05;

    /** Compute of the runs that are thought of, over the most that was trained, below that of the dearest. */
    private static final double[] COMPUTE = {0.1, 0.3, 1, 3};

    /** The dearest costs this share of the budget, and so many times what was trained at most. */
    private static final double MOST_OF_BUDGET = 0.3;

    private static final double MOST_COMPUTE = 10;

    /**
     * Sizes that are thought of, over the best size at the run's own compute, or over the tried one next to it: where nothing tells
     * the best size, it may be anywhere.
     */
    private static final double[] SIZES = {0.125, 0.25, 0.5, 1, 2, 4, 8};

    private static final double LN_SIX = Math.log(6);
    private static final int FEWEST_SIZES = 4;

    private DecidingRuns() {}

    /**
     * The runs of which each alone would narrow the interval of the best size by most for its cost, dearest last; empty where
     * none does.
     *
     * @param computeFlops the budget, 6 N D
     * @param mostTokens that a run may train on: beyond some epochs of its corpus its loss says little of fresh tokens
     */
    public static List<DecidingRun> of(Forecaster forecaster, double computeFlops, double mostTokens) {
        double before = forecaster.lnWidth(computeFlops, null);
        List<DecidingRun> runs = new ArrayList<>();
        for (double cost : costs(forecaster.mostComputeFlops(), computeFlops)) {
            double centre = forecaster.nearestTried(forecaster.leastLossSize(cost));
            for (double size : SIZES) {
                double n = size * centre;
                double d = cost / 6 / n;
                if (d <= mostTokens) {
                    double after = forecaster.lnWidth(computeFlops, forecaster.candidate(n, d));
                    if (after < (1 - LEAST_GAIN) * before) {
                        runs.add(new DecidingRun(n, d, cost, Math.exp(before), Math.exp(after)));
                    }
                }
            }
        }
        return runs.stream().collect(Collectors.groupingBy(DecidingRun::computeFlops)).values().stream()
                .map(same -> same.stream()
                        .min(Comparator.comparingDouble(DecidingRun::widthAfter))
                        .orElseThrow())
                .sorted(Comparator.comparingDouble(DecidingRun::computeFlops))
                .filter(run -> run.widthAfter() < run.widthBefore())
                .limit(MOST)
                .toList();
    }

    /** What the runs that are thought of cost, ascending. */
    private static double[] costs(double mostTrained, double budget) {
        double dearest = Math.min(MOST_COMPUTE * mostTrained, MOST_OF_BUDGET * budget);
        return DoubleStream.concat(
                        Arrays.stream(COMPUTE)
                                .map(factor -> factor * mostTrained)
                                .filter(cost -> cost < 0.99 * dearest),
                        DoubleStream.of(dearest))
                .toArray();
    }

    /**
     * The cheapest runs with which there would be enough losses for a forecast: further sizes below the smallest, and further
     * tokens below the fewest, until there are {@value #FEWEST_SIZES} sizes and {@value Forecaster#FEWEST} losses.
     *
     * @param parameters [n] of the losses that are known, at least one
     * @param tokens [n]
     */
    public static List<DecidingRun> first(double[] parameters, double[] tokens) {
        List<Double> sizes = distinct(parameters);
        while (sizes.size() < FEWEST_SIZES) {
            sizes.addFirst(sizes.getFirst() / 2);
        }
        List<Double> budgets = distinct(tokens);
        int missing = Forecaster.FEWEST - parameters.length;
        List<DecidingRun> runs = List.of();
        while (runs.size() < missing) {
            runs = sizes.stream()
                    .flatMap(n -> budgets.stream()
                            .flatMap(d -> isKnown(n, d, parameters, tokens) ? Stream.empty() : run(n, d)))
                    .sorted(Comparator.comparingDouble(DecidingRun::computeFlops))
                    .toList();
            budgets.addFirst(budgets.getFirst() / 2);
        }
        return runs.subList(0, missing);
    }

    private static Stream<DecidingRun> run(double parameters, double tokens) {
        return Stream.of(new DecidingRun(parameters, tokens, Math.exp(LN_SIX) * parameters * tokens, 0, 0));
    }

    private static boolean isKnown(double n, double d, double[] parameters, double[] tokens) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == n && tokens[i] == d) {
                return true;
            }
        }
        return false;
    }

    private static List<Double> distinct(double[] values) {
        return new ArrayList<>(Arrays.stream(values).distinct().sorted().boxed().toList());
    }
}
