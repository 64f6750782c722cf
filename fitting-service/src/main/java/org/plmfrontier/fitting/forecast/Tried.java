package org.plmfrontier.fitting.forecast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the losses were trained with, as logarithms.
 *
 * @param grid how many of them there are
 * @param most compute, 6 N D
 */
record Tried(Grid grid, double smallest, double largest, double fewestTokens, double mostTokens, double most) {
    /** How far outside the sizes and tokens tried an answer may lie unsaid, beside what a larger budget alone moves it by. */
    private static final double UNSAID = 3;

    /** Fewest sizes and fewest numbers of tokens that tell how the loss falls with either. */
    private static final int FEWEST_SIZES = 3;

    private static final int FEWEST_BUDGETS = 2;

    /** Losses within this factor of compute are alike, and tell nothing of more than half as much again. */
    private static final double ALIKE = Math.log(2);

    private static final double SAME = 0.05;

    private static final double NEAR = Math.log(1.5);

    /**
     * How much was tried.
     *
     * @param sizes different N
     * @param budgets different D
     * @param spread of the logarithm of compute
     */
    record Grid(long sizes, long budgets, double spread) {}

    static Tried of(Losses losses) {
        return new Tried(
                new Grid(
                        levels(losses.lnParameters()),
                        levels(losses.lnTokens()),
                        losses.lnMostCompute() - losses.lnCompute(0)),
                Arrays.stream(losses.lnParameters()).min().orElseThrow(),
                Arrays.stream(losses.lnParameters()).max().orElseThrow(),
                Arrays.stream(losses.lnTokens()).min().orElseThrow(),
                Arrays.stream(losses.lnTokens()).max().orElseThrow(),
                losses.lnMostCompute());
    }

    /** Different values; runs end with whole steps, so those of one budget lie close together. */
    private static long levels(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return 1
                + IntStream.range(1, sorted.length)
                        .filter(i -> sorted[i] - sorted[i - 1] > SAME)
                        .count();
    }

    /** Why the losses tell of no best size at a compute, whatever a law under a prior would say. */
    Optional<String> refusal(double lnCompute) {
        if (grid.sizes() < FEWEST_SIZES || grid.budgets() < FEWEST_BUDGETS) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "a best size needs losses of %d sizes and %d numbers of tokens, there are %d and %d",
                    FEWEST_SIZES,
                    FEWEST_BUDGETS,
                    grid.sizes(),
                    grid.budgets()));
        }
        return grid.spread() < ALIKE && lnCompute > most + NEAR
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "all losses are of %.3g to %.3g FLOPs, so nothing tells how the best size grows with compute: train at"
                                + " less compute, too",
                        Math.exp(most - grid.spread()),
                        Math.exp(most)))
                : Optional.empty();
    }

    /**
     * Said of a best size where it or its tokens lie further outside of what was tried than {@value #UNSAID} times the root of the
     * budget over the most that was trained.
     *
     * @param size logarithm
     * @param tokens logarithm
     */
    Optional<String> warning(double size, double tokens) {
        double allowed = Math.log(UNSAID) + Math.max(0, Math.log(6) + size + tokens - most) / 2;
        if (size > largest + allowed || size < smallest - allowed) {
            return Optional.of(outside("size", size, smallest, largest, "parameters", "sizes"));
        }
        return tokens > mostTokens + allowed || tokens < fewestTokens - allowed
                ? Optional.of(outside("number of tokens", tokens, fewestTokens, mostTokens, "tokens", "budgets"))
                : Optional.empty();
    }

    private static String outside(String what, double best, double low, double high, String unit, String further) {
        boolean above = best > high;
        return String.format(
                Locale.ROOT,
                "the best %s, %.3g %s, lies %.0f times %s the %s that were tried: train %s %s",
                what,
                Math.exp(best),
                unit,
                Math.exp(above ? best - high : low - best),
                above ? "above" : "below",
                further,
                above ? "larger" : "smaller",
                further);
    }
}
