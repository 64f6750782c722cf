package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.law.Optimum;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * What was tried: sizes, tokens and compute of the losses under a surface. An optimum outside the sizes or tokens tried is an
 * extrapolation, however many losses there are.
 *
 * @param minFlops least 6 N D
 */
record TriedRange(
        double minParameters,
        double maxParameters,
        double minTokens,
        double maxTokens,
        double minFlops,
        double maxFlops) {
    static final double FURTHEST_COMPUTE = 100;
    /** At budgets outside the compute observed, times the factor by which they are. */
    static final double FURTHEST_SIZE = 10;
    /** An optimum this far outside is said to be an extrapolation. */
    static final double OUTSIDE = 4;

    static TriedRange of(Observations observations) {
        double[] flops = new double[observations.size()];
        Arrays.setAll(
                flops,
                i -> LossSurface.SIX
                        * observations.parameters()[i]
                        * observations.tokens()[i]);
        return new TriedRange(
                min(observations.parameters()),
                max(observations.parameters()),
                min(observations.tokens()),
                max(observations.tokens()),
                min(flops),
                max(flops));
    }

    /** Why the surface is not quoted at a budget, empty where it is. */
    Optional<String> refusal(LossSurface surface, double computeFlops) {
        double beyond = beyond(computeFlops);
        if (!(beyond <= FURTHEST_COMPUTE)) {
            return Optional.of(computeFlops + " FLOPs lie more than a factor " + FURTHEST_COMPUTE
                    + " outside what was trained, " + minFlops + " to " + maxFlops);
        }
        Optimum optimum = surface.optimum(computeFlops);
        return outside(optimum) > FURTHEST_SIZE * beyond
                ? Optional.of(sentence(computeFlops, optimum))
                : Optional.empty();
    }

    /** Why the surface has no optimum near anything tried, empty where it has one at the least or the most compute observed. */
    Optional<String> without(LossSurface surface) {
        return refusal(surface, minFlops).flatMap(least -> refusal(surface, maxFlops));
    }

    /** That optima lie outside the sizes or tokens tried although the compute was spent. */
    Optional<Flag> flag(LossSurface surface) {
        Optimum least = surface.optimum(minFlops);
        Optimum most = surface.optimum(maxFlops);
        boolean worstIsLeast = outside(least) > outside(most);
        Optimum worst = worstIsLeast ? least : most;
        return outside(worst) > OUTSIDE
                ? Optional.of(new Flag("OPTIMUM_OUTSIDE_TRIED", sentence(worstIsLeast ? minFlops : maxFlops, worst)))
                : Optional.empty();
    }

    /** Factor by which a budget lies outside the compute observed, at least 1. */
    private double beyond(double computeFlops) {
        return Math.max(1, Math.max(computeFlops / maxFlops, minFlops / computeFlops));
    }

    /** Factor by which an optimum lies outside the sizes or tokens tried, at most 1 inside. */
    private double outside(Optimum optimum) {
        double byN = Math.max(optimum.parameters() / maxParameters, minParameters / optimum.parameters());
        double byD = Math.max(optimum.tokens() / maxTokens, minTokens / optimum.tokens());
        return Math.max(byN, byD);
    }

    private String sentence(double computeFlops, Optimum optimum) {
        return String.format(
                Locale.ROOT,
                "at %.3g FLOPs the surface has its optimum at N = %.3g and D = %.3g, a factor %.3g outside the sizes (%.3g to %.3g) or"
                        + " tokens (%.3g to %.3g) tried: an extrapolation, train models nearer to it",
                computeFlops,
                optimum.parameters(),
                optimum.tokens(),
                outside(optimum),
                minParameters,
                maxParameters,
                minTokens,
                maxTokens);
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
