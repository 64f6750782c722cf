package org.plmfrontier.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.parametric.ProfileOfA;
import org.plmfrontier.fitting.parametric.RepeatedDataFit;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * Prints how often 95 % intervals cover the truth on planted studies of one loss per run: of the exponent a by its profile
 * likelihood, which is the interval that results quote, of ln N_opt by the bootstrap over runs, and of the decays of
 * repeated data. An honest interval covers
 * in about 95 % of the studies.
 */
public final class CoverageTable {
    private static final double LEVEL = 0.95;
    private static final int RESAMPLES = 200;
    private static final int BUDGETS = 4;
    private static final double RELATIVE_NOISE = 0.002;
    /** Within the observed compute. */
    private static final double BUDGET_FLOPS = 1e18;

    private record Row(LossSurface truth, Approach3 approach, int sizes, double noiseNats) {
        Observations study(long seed) {
            return PlantedStudy.finals(truth, sizes, BUDGETS, noiseNats, seed);
        }
    }

    private CoverageTable() {}

    /**
     * Studies per row for the profile, 1,000 where absent, for the bootstrap, 100 where absent, and the first seed, 1 where
     * absent: an interval that was tried on some seeds is to be judged by others.
     */
    public static void main(String[] args) {
        int studies = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int resampled = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        long first = args.length > 2 ? Long.parseLong(args[2]) : 1;
        System.out.printf(
                Locale.ROOT,
                "profile of a: %d studies per row, seeds %d to %d; bootstrap of ln N_opt(%.0e FLOPs): %d studies, %d resamples%n",
                studies,
                first,
                first + studies - 1,
                BUDGET_FLOPS,
                resampled,
                RESAMPLES);
        System.out.println("| surface | grid | noise, nats | a | a covered | mean width | no answer |"
                + " ln N_opt covered | mean width | no answer |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        rows().forEach(row -> print(row, first, studies, resampled));
        printRepetition(first, resampled);
    }

    /** Muennighoff's decays, by the bootstrap. */
    private static void printRepetition(long first, int studies) {
        List<RepeatedDataFit> fits = seeds(first, studies)
                .mapToObj(seed -> RepeatedDataFit.of(
                        PlantedStudy.repeated(RELATIVE_NOISE, seed), new Bootstrap(RESAMPLES, LEVEL, seed)))
                .flatMap(outcome -> outcome.result().stream())
                .toList();
        long tokens = fits.stream()
                .filter(fit -> fit.tokenDecay().covers(PlantedStudy.REPEATED_TRUTH.tokenDecay()))
                .count();
        long parameters = fits.stream()
                .filter(fit -> fit.parameterDecay().covers(PlantedStudy.REPEATED_TRUTH.parameterDecay()))
                .count();
        System.out.printf(
                Locale.ROOT,
                "repeated data, noise %.1f %%: %d of %d studies answered, R_D* covered in %d, R_N* in %d%n",
                100 * RELATIVE_NOISE,
                fits.size(),
                studies,
                tokens,
                parameters);
    }

    private static LongStream seeds(long first, int studies) {
        return LongStream.range(first, first + studies);
    }

    private static Stream<Row> rows() {
        return Stream.of(PlantedStudy.TRUTH, PlantedStudy.KAPLAN_TRUTH)
                .flatMap(truth -> Stream.of(5, 8)
                        .flatMap(sizes ->
                                Stream.of(0.005, 0.015).map(noise -> new Row(truth, approach(truth), sizes, noise))));
    }

    private static Approach3 approach(LossSurface truth) {
        return truth == PlantedStudy.TRUTH ? Approach3.hoffmann() : Approach3.kaplan();
    }

    private static void print(Row row, long first, int studies, int resampled) {
        List<Optional<Estimate>> profiles = seeds(first, studies)
                .parallel()
                .mapToObj(seed -> ProfileOfA.interval(row.study(seed), row.approach(), LEVEL)
                        .result())
                .toList();
        List<Optional<Estimate>> bootstraps = seeds(first, resampled)
                .mapToObj(seed -> row.approach()
                        .fit(row.study(seed), new Bootstrap(RESAMPLES, LEVEL, seed))
                        .result()
                        .map(frontier -> frontier.estimate(s -> Math.log(s.parametersAt(BUDGET_FLOPS)))))
                .toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %dx%d | %.3f | %.3f | %s | %s |%n",
                row.truth().getClass().getSimpleName(),
                row.sizes(),
                BUDGETS,
                row.noiseNats(),
                row.truth().a(),
                text(profiles, row.truth().a()),
                text(bootstraps, Math.log(row.truth().parametersAt(BUDGET_FLOPS))));
    }

    private static String text(List<Optional<Estimate>> found, double truth) {
        List<Estimate> answers = found.stream().flatMap(Optional::stream).toList();
        long covered = answers.stream().filter(a -> a.covers(truth)).count();
        return String.format(
                Locale.ROOT,
                "%.1f %% | %.3f | %.1f %%",
                100.0 * covered / Math.max(1, answers.size()),
                answers.stream().mapToDouble(Estimate::width).average().orElse(0),
                100.0 * (found.size() - answers.size()) / found.size());
    }
}
