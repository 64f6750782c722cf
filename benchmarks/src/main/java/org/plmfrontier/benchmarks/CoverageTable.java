package org.plmfrontier.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.parametric.ProfileOfA;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * Prints how often the 95 % intervals of the exponent a cover the truth on planted studies, by the bootstrap over runs and
 * by the profile likelihood. An honest interval covers in about 95 % of the studies.
 */
public final class CoverageTable {
    private static final double LEVEL = 0.95;
    private static final int RESAMPLES = 200;
    private static final int BUDGETS = 4;

    private record Share(long covered, long answered) {}

    private CoverageTable() {}

    /** The number of studies per row, 200 where absent. */
    public static void main(String[] args) {
        int studies = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        System.out.printf(
                "true a = %.4f, %d studies per row, seeds 1 to %d%n", PlantedStudy.TRUTH.a(), studies, studies);
        System.out.printf("%-6s %-12s %-22s %s%n", "grid", "noise nats", "bootstrap", "profile likelihood");
        for (int sizes : new int[] {5, 8}) {
            for (double noise : new double[] {0.005, 0.015}) {
                Share bootstrap = share(studies, sizes, noise, CoverageTable::bootstrapped);
                Share profile = share(
                        studies,
                        sizes,
                        noise,
                        finals -> ProfileOfA.interval(finals, LEVEL).result());
                System.out.printf(
                        Locale.ROOT,
                        "%-6s %-12s %-22s %s%n",
                        sizes + "x" + BUDGETS,
                        noise,
                        text(bootstrap),
                        text(profile));
            }
        }
    }

    private static Share share(
            int studies, int sizes, double noise, Function<Observations, Optional<Estimate>> interval) {
        double truth = PlantedStudy.TRUTH.a();
        Estimate[] found = LongStream.rangeClosed(1, studies)
                .parallel()
                .mapToObj(seed -> interval.apply(PlantedStudy.finals(sizes, BUDGETS, noise, seed)))
                .flatMap(Optional::stream)
                .toArray(Estimate[]::new);
        long covered = Arrays.stream(found)
                .filter(a -> a.low() <= truth && truth <= a.high())
                .count();
        return new Share(covered, found.length);
    }

    private static Optional<Estimate> bootstrapped(Observations finals) {
        return Approach3.hoffmann()
                .fit(finals, new Bootstrap(RESAMPLES, LEVEL, 1))
                .result()
                .map(frontier -> frontier.estimate(LossSurface::a));
    }

    private static String text(Share share) {
        return share.answered() == 0
                ? "no answer"
                : String.format(
                        Locale.ROOT,
                        "%.1f %% (%d of %d)",
                        100.0 * share.covered() / share.answered(),
                        share.covered(),
                        share.answered());
    }
}
