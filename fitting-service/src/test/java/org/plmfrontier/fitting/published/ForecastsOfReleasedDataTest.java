package org.plmfrontier.fitting.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.forecast.Backtest;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.forecast.PlainIntervals;

/** Forecasts of losses that were released, from the smaller runs of the same tables. Prints coverage, width, score and error. */
class ForecastsOfReleasedDataTest {
    @Test
    void intervalsHoldTheFutureAndAreWorthTwiceThePlainOnes() {
        Map<String, Losses> tables = new LinkedHashMap<>();
        tables.put("gemstones hot", losses("gemstones_points.csv", is("subset", "hot")));
        for (String dataset : List.of("rw", "owt2")) {
            for (String decay : List.of("const", "kaplan", "chinchilla")) {
                tables.put(
                        "porian " + dataset + " " + decay,
                        losses(
                                "porian2024_isoflop.csv",
                                is("dataset", dataset)
                                        .and(is("decay", decay))
                                        .and(is("warmup", "short"))
                                        .and(is("val", "val"))
                                        .and(is("param_count", "standard"))));
            }
        }
        tables.put(
                "muennighoff",
                losses("muennighoff2023_datablations_182.csv", row -> Double.parseDouble(row.get("epochs")) <= 1.01));
        for (String dataset : List.of("rpj", "c4_original", "rw_original")) {
            tables.put("gadre " + dataset, losses("gadre2024_overtraining.csv", is("train_dataset", dataset)));
        }
        tables.put("kyo-takano", losses("kyo_takano_llm.csv", row -> true));

        Map<String, Backtest> own = new LinkedHashMap<>();
        Map<String, Backtest> plain = new LinkedHashMap<>();
        tables.forEach((name, losses) -> {
            own.put(name, Backtest.of(losses));
            plain.put(name, Backtest.of(losses, PlainIntervals::of));
            print(name, own.get(name), plain.get(name));
        });
        for (int k : List.of(3, 10, 30)) {
            double coverage = mean(own, k, Backtest.Row::coverage);
            double score = mean(own, k, Backtest.Row::intervalScore);
            double plainScore = mean(plain, k, Backtest.Row::intervalScore);
            double error = mean(own, k, Backtest.Row::medianError);
            double plainError = mean(plain, k, Backtest.Row::medianError);
            System.out.printf(
                    "all, k = %d: coverage %.3f (plain %.3f), score %.1f %% (plain %.1f, ratio %.2f), median error %.2f %% (plain %.2f)%n",
                    k,
                    coverage,
                    mean(plain, k, Backtest.Row::coverage),
                    100 * score,
                    100 * plainScore,
                    plainScore / score,
                    100 * error,
                    100 * plainError);
            assertThat(coverage).as("coverage at k = %d", k).isBetween(0.90, 0.98);
            assertThat(plainScore / score).as("ratio of scores at k = %d", k).isGreaterThan(2);
            assertThat(error).as("median error at k = %d", k).isLessThanOrEqualTo(plainError);
        }
    }

    private static void print(String name, Backtest own, Backtest plain) {
        for (int i = 0; i < own.rows().size(); i++) {
            Backtest.Row row = own.rows().get(i);
            Backtest.Row other = plain.rows().get(i);
            System.out.printf(
                    "%-24s k = %2d: coverage %.2f, width %.1f %%, score %.1f %%, median error %.1f %%; plain %.2f, %.1f, %.1f, %.1f%n",
                    name,
                    row.k(),
                    row.coverage(),
                    100 * row.width(),
                    100 * row.intervalScore(),
                    100 * row.medianError(),
                    other.coverage(),
                    100 * other.width(),
                    100 * other.intervalScore(),
                    100 * other.medianError());
        }
    }

    private static double mean(Map<String, Backtest> tables, int k, ToDoubleFunction<Backtest.Row> value) {
        return tables.values().stream()
                .flatMap(backtest -> backtest.rows().stream())
                .filter(row -> row.k() == k)
                .mapToDouble(value)
                .average()
                .orElseThrow();
    }

    private static Predicate<Map<String, String>> is(String column, String value) {
        return row -> value.equals(row.get(column));
    }

    private static Losses losses(String file, Predicate<Map<String, String>> chosen) {
        List<Map<String, String>> rows =
                ReferenceData.rows(file).stream().filter(chosen).toList();
        return Losses.of(column(rows, "N"), column(rows, "D"), column(rows, "loss"));
    }

    private static double[] column(List<Map<String, String>> rows, String name) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.get(name)))
                .toArray();
    }
}
