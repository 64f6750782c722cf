package org.plmfrontier.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plmfrontier.fitting.forecast.Backtest;
import org.plmfrontier.fitting.forecast.BacktestRowBuilder;
import org.plmfrontier.fitting.forecast.ForecastPrior;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.forecast.PlainIntervals;

/**
 * Forecasts of public tables' larger runs from their smaller ones, beside plain intervals, under the prior in use; and for each
 * family of tables under the prior that the other families would choose: the smallest mean score among those that cover 93 % at
 * each k.
 *
 * <p>Arguments: the folder with the tables (default ../shared/data/scaling-laws), which are no part of the project.
 */
public final class ForecastTable {
    private static final double[] INFLATIONS = {0.4, 0.55, 0.7, 0.9};
    private static final double[] DRIFTS = {0.002, 0.005, 0.01};
    private static final List<Integer> JUDGED = List.of(3, 10, 30);
    private static final double LEAST_COVERAGE = 0.93;

    private final Map<String, Losses> tables;
    private final Map<String, String> families;
    private final Map<String, Map<Integer, Forecaster>> forecasters = new HashMap<>();
    private final Map<String, Map<ForecastPrior, Backtest>> backtests = new HashMap<>();

    private ForecastTable(Map<String, Losses> tables, Map<String, String> families) {
        this.tables = tables;
        this.families = families;
    }

    public static void main(String[] args) throws IOException {
        PublicTables tables = PublicTables.read(Path.of(args.length > 0 ? args[0] : "../shared/data/scaling-laws"));
        new ForecastTable(tables.losses(), tables.families()).print();
    }

    private void print() {
        System.out.printf(
                "%-26s %3s %6s %8s %7s %7s %7s | %8s %7s %7s %7s | plain %n",
                "table", "k", "losses", "coverage", "width", "score", "error", "left out", "width", "score", "error");
        Map<String, ForecastPrior> chosen = new LinkedHashMap<>();
        families.values().stream().distinct().forEach(family -> chosen.put(family, choose(family)));
        List<Backtest.Row> usual = new ArrayList<>();
        List<Backtest.Row> leftOut = new ArrayList<>();
        List<Backtest.Row> plain = new ArrayList<>();
        tables.forEach((name, losses) -> {
            Backtest own = backtest(name, ForecastPrior.USUAL);
            Backtest others = backtest(name, chosen.getOrDefault(family(name), ForecastPrior.USUAL));
            Backtest simple = Backtest.of(losses, PlainIntervals::of);
            for (int i = 0; i < own.rows().size(); i++) {
                line(
                        name,
                        losses.size(),
                        own.rows().get(i),
                        others.rows().get(i),
                        simple.rows().get(i));
            }
            usual.addAll(own.rows());
            leftOut.addAll(others.rows());
            plain.addAll(simple.rows());
        });
        for (int k : Backtest.FACTORS) {
            line("mean", tables.size(), mean(usual, k), mean(leftOut, k), mean(plain, k));
        }
        chosen.forEach((family, prior) -> System.out.printf(
                "without %s: inflation %.2f, drift %.3f%n", family, prior.inflation(), prior.drift()));
    }

    private static void line(String name, int losses, Backtest.Row own, Backtest.Row others, Backtest.Row plain) {
        System.out.printf(
                "%-26s %3d %6d %7.1f%% %6.1f%% %6.1f%% %6.2f%% | %7.1f%% %6.1f%% %6.1f%% %6.2f%% | %.1f%% %.1f%% %.1f%% %.2f%%%n",
                name,
                own.k(),
                losses,
                100 * own.coverage(),
                100 * own.width(),
                100 * own.intervalScore(),
                100 * own.medianError(),
                100 * others.coverage(),
                100 * others.width(),
                100 * others.intervalScore(),
                100 * others.medianError(),
                100 * plain.coverage(),
                100 * plain.width(),
                100 * plain.intervalScore(),
                100 * plain.medianError());
    }

    /** The prior that the other families would choose. */
    private ForecastPrior choose(String family) {
        ForecastPrior best = ForecastPrior.USUAL;
        double least = Double.POSITIVE_INFINITY;
        for (double inflation : INFLATIONS) {
            for (double drift : DRIFTS) {
                ForecastPrior prior = ForecastPrior.USUAL.withMedians(inflation, drift);
                List<Backtest.Row> rows = tables.keySet().stream()
                        .filter(name -> !family(name).equals(family))
                        .flatMap(name -> backtest(name, prior).rows().stream())
                        .toList();
                double score = JUDGED.stream()
                        .mapToDouble(k -> mean(rows, k).intervalScore())
                        .average()
                        .orElseThrow();
                boolean covers = JUDGED.stream().allMatch(k -> mean(rows, k).coverage() >= LEAST_COVERAGE);
                if (covers && score < least) {
                    least = score;
                    best = prior;
                }
            }
        }
        return best;
    }

    private Backtest backtest(String name, ForecastPrior prior) {
        return backtests
                .computeIfAbsent(name, ignored -> new HashMap<>())
                .computeIfAbsent(prior, wanted -> Backtest.of(losses(name), forecasters(name, wanted)));
    }

    private Losses losses(String name) {
        return Objects.requireNonNull(tables.get(name), name);
    }

    private String family(String name) {
        return Objects.requireNonNull(families.get(name), name);
    }

    /** Fits do not depend on the prior, so each is made once. */
    private Function<Losses, Forecaster> forecasters(String name, ForecastPrior prior) {
        Map<Integer, Forecaster> made = forecasters.computeIfAbsent(name, ignored -> new HashMap<>());
        return losses -> made.computeIfAbsent(losses.size(), size -> Forecaster.of(losses))
                .withPrior(prior);
    }

    private static Backtest.Row mean(List<Backtest.Row> rows, int k) {
        List<Backtest.Row> ofK = rows.stream().filter(row -> row.k() == k).collect(Collectors.toList());
        double n = ofK.size();
        return BacktestRowBuilder.builder()
                .k(k)
                .cutoffs(ofK.stream().mapToInt(Backtest.Row::cutoffs).sum())
                .forecasts(ofK.stream().mapToInt(Backtest.Row::forecasts).sum())
                .coverage(ofK.stream().mapToDouble(Backtest.Row::coverage).sum() / n)
                .width(ofK.stream().mapToDouble(Backtest.Row::width).sum() / n)
                .intervalScore(
                        ofK.stream().mapToDouble(Backtest.Row::intervalScore).sum() / n)
                .medianError(ofK.stream().mapToDouble(Backtest.Row::medianError).sum() / n)
                .build();
    }
}
