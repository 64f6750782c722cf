package org.plmfrontier.fitting.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.quantity.Flag;

/** What is doubtful about an envelope. */
final class EnvelopeFlags {
    /** Fewer sizes leave the exponent to two or three switches between runs. */
    static final int ENOUGH_SIZES = 5;
    /** Differences of repeated runs are 0.010 to 0.016 nats in published studies; below that a winner is luck. */
    static final double TIE_NATS = 0.01;
    /** An optimum this factor outside the sizes tried is said to be an extrapolation. */
    static final double OUTSIDE = 4;

    private EnvelopeFlags() {}

    static List<Flag> of(EnvelopeGrid grid, EnvelopeLaws laws, Crossovers crossovers, Resamples resamples) {
        int[] winners = grid.winners();
        List<Flag> flags = new ArrayList<>();
        sizes(grid, winners, flags);
        ends(grid, winners, flags);
        crossovers(crossovers, flags);
        extrapolation(grid, laws, flags);
        ties(grid, winners, flags);
        int missing = resamples.tried() - resamples.fits().size();
        if (missing > 0) {
            flags.add(flag(
                    "RESAMPLES_LEFT_OUT",
                    "%d of %d resamples left too few crossovers and count as infinitely wide",
                    missing,
                    resamples.tried()));
        }
        return List.copyOf(flags);
    }

    /** Of the published procedure. */
    static List<Flag> asPublished(EnvelopeGrid grid, EnvelopeLaws laws, Crossovers crossovers) {
        int[] winners = grid.winners();
        List<Flag> flags = new ArrayList<>();
        flags.add(flag(
                "ALL_COMPUTE_COUNTED",
                "%.0f %% of the envelope has two sizes to compare, and %d of %d changes of the leading size happen because runs"
                        + " end or begin; all of it counts, which flattens the exponent",
                100.0 * grid.comparedShare(),
                crossovers.undecided().size(),
                Math.max(0, crossovers.leaders() - 1)));
        sizes(grid, winners, flags);
        ends(grid, winners, flags);
        extrapolation(grid, laws, flags);
        ties(grid, winners, flags);
        return List.copyOf(flags);
    }

    private static void sizes(EnvelopeGrid grid, int[] winners, List<Flag> flags) {
        long studied = grid.curves().stream()
                .mapToDouble(curve -> curve.run().parameters())
                .distinct()
                .count();
        long used = covered(winners).mapToDouble(grid::parameters).distinct().count();
        if (studied < ENOUGH_SIZES) {
            flags.add(flag("FEW_SIZES", "the study has %d sizes, fewer than %d", studied, ENOUGH_SIZES));
        }
        if (used < 3) {
            flags.add(flag("FEW_SIZES_ON_ENVELOPE", "%d of %d sizes lie on the envelope", used, studied));
        }
    }

    private static void ends(EnvelopeGrid grid, int[] winners, List<Flag> flags) {
        double[] sizes = grid.curves().stream()
                .mapToDouble(curve -> curve.run().parameters())
                .sorted()
                .toArray();
        int[] covered = covered(winners).toArray();
        if (grid.parameters(covered[covered.length - 1]) == sizes[sizes.length - 1]) {
            flags.add(flag(
                    "LARGEST_SIZE_AT_END",
                    "the largest size, N = %.4g, is the best at the highest compute: larger ones might be better",
                    sizes[sizes.length - 1]));
        }
        if (grid.parameters(covered[0]) == sizes[0]) {
            flags.add(flag(
                    "SMALLEST_SIZE_AT_START",
                    "the smallest size, N = %.4g, is the best at the lowest compute: smaller ones might be better",
                    sizes[0]));
        }
    }

    private static void crossovers(Crossovers crossovers, List<Flag> flags) {
        int pairs = crossovers.leaders() - 1;
        if (crossovers.places().size() == EnvelopeLaws.FEWEST) {
            flags.add(flag(
                    "FEW_CROSSOVERS",
                    "the laws rest on %d places where one size overtakes another",
                    crossovers.places().size()));
        }
        if (!crossovers.undecided().isEmpty()) {
            flags.add(flag(
                    "RUN_ENDS_DECIDE",
                    "%d of %d changes of the leading size happen because runs end or begin; they bound the best size from one"
                            + " side and are left out",
                    crossovers.undecided().size(),
                    pairs));
        }
    }

    private static void extrapolation(EnvelopeGrid grid, EnvelopeLaws laws, List<Flag> flags) {
        for (double flops :
                new double[] {grid.domain().minFlops(), grid.domain().maxFlops()}) {
            double parameters = laws.parameters().at(flops);
            if (grid.outsideSizes(parameters) > OUTSIDE) {
                flags.add(flag(
                        "OPTIMUM_OUTSIDE_TRIED",
                        "at %.3g FLOPs the law gives N = %.3g, a factor %.3g outside the sizes tried: an extrapolation",
                        flops,
                        parameters,
                        grid.outsideSizes(parameters)));
            }
        }
    }

    private static void ties(EnvelopeGrid grid, int[] winners, List<Flag> flags) {
        int close = 0;
        for (int i = 0; i < winners.length; i++) {
            if (winners[i] != EnvelopeGrid.NOBODY && margin(grid, winners[i], i) < TIE_NATS) {
                close++;
            }
        }
        if (2 * close > winners.length) {
            flags.add(flag(
                    "NEAR_TIES",
                    "on %.0f %% of the envelope another size is within %.3f nats of the best",
                    100.0 * close / winners.length,
                    TIE_NATS));
        }
    }

    /** By how much the winner beats the best run of another size. */
    private static double margin(EnvelopeGrid grid, int winner, int i) {
        double margin = Double.POSITIVE_INFINITY;
        for (int run = 0; run < grid.loss().length; run++) {
            if (grid.parameters(run) != grid.parameters(winner)) {
                margin = Math.min(margin, grid.loss()[run][i] - grid.loss()[winner][i]);
            }
        }
        return margin;
    }

    private static IntStream covered(int[] winners) {
        return Arrays.stream(winners).filter(run -> run != EnvelopeGrid.NOBODY);
    }

    private static Flag flag(String code, String sentence, Object... figures) {
        return new Flag(code, String.format(Locale.ROOT, sentence, figures));
    }
}
