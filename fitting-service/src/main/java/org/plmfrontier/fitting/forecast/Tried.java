package org.plmfrontier.fitting.forecast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the losses were trained with, as logarithms.
 *
 * @param most compute, 6 N D
 */
record Tried(double smallest, double largest, double fewestTokens, double mostTokens, double most) {
    /** How far outside the sizes and tokens tried an answer may lie unsaid, beside what a larger budget alone moves it by. */
    private static final double UNSAID = 3;

    static Tried of(Losses losses) {
        return new Tried(
                Arrays.stream(losses.lnParameters()).min().orElseThrow(),
                Arrays.stream(losses.lnParameters()).max().orElseThrow(),
                Arrays.stream(losses.lnTokens()).min().orElseThrow(),
                Arrays.stream(losses.lnTokens()).max().orElseThrow(),
                losses.lnMostCompute());
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
