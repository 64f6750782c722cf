package org.plmfrontier.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.forecast.ForecastPrior;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.LossRatio;
import org.plmfrontier.fitting.forecast.Losses;

/**
 * How well it is forecast which of two models of about equal compute ends lower, and by how much: what places the best size. From
 * the smaller runs of public tables, for pairs of larger ones at 2 to 45 times the compute, under several lengths over which
 * errors beyond the data are alike; and the length that has the smallest score where each family of tables is left out.
 *
 * <p>Arguments: the folder with the tables (default ../shared/data/scaling-laws), which are no part of the project.
 */
public final class DifferenceTable {
    private static final double[] LENGTHS = {0.5, 1, 2, 3, 4, 6, 8, 12};
    private static final double[] APART = {0.1, 0.7, 1.5, 2.5, 4, 20};
    private static final int CUTOFFS = 8;
    private static final double NEAREST = 2;
    private static final double FURTHEST = 45;
    private static final double ALIKE = 1.35;
    private static final double OUTSIDE = 40;
    private static final int MOST_PAIRS = 120;

    /**
     * A pair with what was forecast of it.
     *
     * @param weight one over the pairs of its table and cutoff
     * @param apart between their logarithms of tokens per parameter
     */
    private record Pair(double weight, double apart, LossRatio forecast, double actual) {
        double score() {
            double outside = Math.max(0, Math.max(forecast.low() - actual, actual - forecast.high()));
            return forecast.high() - forecast.low() + OUTSIDE * outside;
        }
    }

    /** Coverage, mean width and mean score of pairs. */
    private record Mean(double coverage, double width, double score) {
        static Mean of(List<Pair> pairs) {
            double weight = pairs.stream().mapToDouble(Pair::weight).sum();
            double held = pairs.stream()
                    .filter(pair -> pair.forecast().covers(pair.actual()))
                    .mapToDouble(Pair::weight)
                    .sum();
            double width = pairs.stream()
                    .mapToDouble(pair -> pair.weight()
                            * (pair.forecast().high() - pair.forecast().low()))
                    .sum();
            double score = pairs.stream()
                    .mapToDouble(pair -> pair.weight() * pair.score())
                    .sum();
            return new Mean(held / weight, width / weight, score / weight);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f %%, %.2f, %.2f", 100 * coverage, 100 * width, 100 * score);
        }
    }

    /** Pairs of one table, by the place of the length in {@link #LENGTHS}. */
    private record Table(String name, String family, List<List<Pair>> pairs) {}

    private DifferenceTable() {}

    public static void main(String[] args) throws IOException {
        PublicTables tables = PublicTables.read(Path.of(args.length > 0 ? args[0] : "../shared/data/scaling-laws"));
        Map<String, String> families = tables.families();
        List<Table> all = tables.losses().entrySet().stream()
                .map(entry -> new Table(
                        entry.getKey(), Objects.requireNonNull(families.get(entry.getKey())), pairs(entry.getValue())))
                .toList();
        System.out.println(
                "coverage, mean width and mean score, per cent of the loss; columns are lengths in e-folds\n");
        header("table");
        all.forEach(table -> row(table.name(), table.pairs()));
        row("all", together(all, table -> true));
        System.out.println();
        header("ln D / N apart");
        for (int i = 0; i + 1 < APART.length; i++) {
            double low = APART[i];
            double high = APART[i + 1];
            row(
                    low + " to " + high,
                    together(all, table -> true).stream()
                            .map(pairs -> pairs.stream()
                                    .filter(pair -> pair.apart() >= low && pair.apart() < high)
                                    .toList())
                            .toList());
        }
        System.out.println();
        System.out.printf(Locale.ROOT, "length of the smallest score: %.1f%n", best(all, table -> true));
        families.values().stream()
                .distinct()
                .forEach(family -> System.out.printf(
                        Locale.ROOT,
                        "without %s: %.1f%n",
                        family,
                        best(all, table -> !table.family().equals(family))));
    }

    private static void header(String first) {
        System.out.print("| " + first + " |");
        Arrays.stream(LENGTHS).forEach(length -> System.out.printf(Locale.ROOT, " %.1f |", length));
        System.out.println("\n|---" + "|---".repeat(LENGTHS.length) + "|");
    }

    private static void row(String name, List<List<Pair>> pairs) {
        System.out.print("| " + name + " |");
        pairs.forEach(ofLength -> System.out.print(" " + Mean.of(ofLength) + " |"));
        System.out.println();
    }

    private static List<List<Pair>> together(List<Table> tables, Predicate<Table> wanted) {
        return IntStream.range(0, LENGTHS.length)
                .mapToObj(length -> tables.stream()
                        .filter(wanted)
                        .flatMap(table -> table.pairs().get(length).stream())
                        .toList())
                .toList();
    }

    private static double best(List<Table> tables, Predicate<Table> wanted) {
        List<List<Pair>> pairs = together(tables, wanted);
        int best = IntStream.range(0, LENGTHS.length)
                .boxed()
                .min(Comparator.comparingDouble(i -> Mean.of(pairs.get(i)).score()))
                .orElseThrow();
        return LENGTHS[best];
    }

    private static List<List<Pair>> pairs(Losses losses) {
        List<List<Pair>> all = IntStream.range(0, LENGTHS.length)
                .<List<Pair>>mapToObj(i -> new ArrayList<>())
                .toList();
        double low = lnCompute(losses, Forecaster.FEWEST - 1);
        double high = lnCompute(losses, losses.size() - 1) - Math.log(NEAREST);
        int last = 0;
        for (int i = 0; i < CUTOFFS; i++) {
            double most = low + (high - low) * i / (CUTOFFS - 1);
            int cutoff = (int) IntStream.range(0, losses.size())
                    .filter(k -> lnCompute(losses, k) <= most + 1e-9)
                    .count();
            if (cutoff > last && cutoff >= Forecaster.FEWEST) {
                last = cutoff;
                addPairs(losses, cutoff, all);
            }
        }
        return all;
    }

    private static void addPairs(Losses losses, int cutoff, List<List<Pair>> all) {
        double reached = lnCompute(losses, cutoff - 1);
        int[] beyond = IntStream.range(cutoff, losses.size())
                .filter(i -> lnCompute(losses, i) >= reached + Math.log(NEAREST)
                        && lnCompute(losses, i) <= reached + Math.log(FURTHEST))
                .toArray();
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < beyond.length; i++) {
            for (int j = i + 1; j < beyond.length; j++) {
                boolean alike = lnCompute(losses, beyond[j]) - lnCompute(losses, beyond[i]) <= Math.log(ALIKE);
                if (alike && apart(losses, beyond[i], beyond[j]) >= APART[0]) {
                    pairs.add(new int[] {beyond[i], beyond[j]});
                }
            }
        }
        List<int[]> asked = thinned(pairs);
        Forecaster forecaster = Forecaster.of(first(losses, cutoff));
        for (int length = 0; length < LENGTHS.length; length++) {
            Forecaster of = forecaster.withPrior(ForecastPrior.USUAL.withDriftLength(LENGTHS[length]));
            for (int[] pair : asked) {
                int one = pair[0];
                int other = pair[1];
                LossRatio forecast = of.ratio(
                        Math.exp(losses.lnParameters()[one]),
                        Math.exp(losses.lnTokens()[one]),
                        Math.exp(losses.lnParameters()[other]),
                        Math.exp(losses.lnTokens()[other]));
                all.get(length)
                        .add(new Pair(
                                1.0 / asked.size(),
                                apart(losses, one, other),
                                forecast,
                                losses.lnLoss()[one] - losses.lnLoss()[other]));
            }
        }
    }

    /** At most {@value #MOST_PAIRS}, evenly spread. */
    private static List<int[]> thinned(List<int[]> pairs) {
        int every = Math.ceilDiv(pairs.size(), MOST_PAIRS);
        return IntStream.range(0, pairs.size())
                .filter(i -> i % every == 0)
                .mapToObj(pairs::get)
                .toList();
    }

    private static Losses first(Losses losses, int count) {
        return new Losses(
                Arrays.copyOf(losses.lnParameters(), count),
                Arrays.copyOf(losses.lnTokens(), count),
                Arrays.copyOf(losses.lnLoss(), count));
    }

    private static double lnCompute(Losses losses, int i) {
        return Math.log(6) + losses.lnParameters()[i] + losses.lnTokens()[i];
    }

    private static double apart(Losses losses, int one, int other) {
        return Math.abs(losses.lnTokens()[one]
                - losses.lnParameters()[one]
                - losses.lnTokens()[other]
                + losses.lnParameters()[other]);
    }
}
