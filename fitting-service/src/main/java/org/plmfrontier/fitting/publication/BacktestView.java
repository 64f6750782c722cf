package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.forecast.Backtest;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.Forecasts.FamilyForecast;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * How well larger runs could have been forecast from smaller ones: what {@code ./frontier backtest --json} prints and
 * {@code GET /studies/{id}/backtest} answers.
 *
 * @param losses final losses that were taken
 * @param outcome NOT_IDENTIFIABLE where nothing could be forecast; absent where something was
 * @param reason why nothing could be; absent likewise
 * @param level of the intervals
 * @param weights name of each law to its share in forecasts from all losses; empty where there are too few
 * @param rows by multiple of the fitted compute
 * @param plain the same by an interval that takes Hoffmann's law for true
 * @param points every forecast with what came
 */
@StagedBuilder
public record BacktestView(
        int losses,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String outcome,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        double level,
        Map<String, Double> weights,
        List<Backtest.Row> rows,
        List<Backtest.Row> plain,
        List<Backtest.Point> points) {
    public BacktestView {
        rows = List.copyOf(rows);
        plain = List.copyOf(plain);
        points = List.copyOf(points);
    }

    /** The backtest of a family of a study. */
    public record OfFamily(
            String study, String family, @JsonUnwrapped BacktestView backtest) {
        /** The view of what a family is forecast from. */
        public static OfFamily of(String study, FamilyFit family, FitOutcome<FamilyForecast> known) {
            return new OfFamily(
                    study, family.family(), known.result().map(OfFamily::past).orElseGet(() -> none(family)));
        }

        private static BacktestView past(FamilyForecast known) {
            return BacktestView.of(known.losses(), known.forecaster().weights(), known.backtest(), known.plain());
        }

        private static BacktestView none(FamilyFit family) {
            int losses = family.data().observations().size();
            return BacktestView.of(losses, Map.of(), new Backtest(List.of(), List.of()), List.of());
        }
    }

    /** The view of a backtest. */
    public static BacktestView of(
            int losses, Map<String, Double> weights, Backtest backtest, List<Backtest.Row> plain) {
        boolean past = !backtest.rows().isEmpty();
        return BacktestViewBuilder.builder()
                .losses(losses)
                .level(Forecaster.LEVEL)
                .weights(weights)
                .rows(backtest.rows())
                .plain(plain)
                .points(backtest.points())
                .outcome(past ? null : "NOT_IDENTIFIABLE")
                .reason(
                        past
                                ? null
                                : "there are " + losses + " final losses; a backtest needs more than "
                                        + Forecaster.FEWEST + ", of computes that lie at least a factor of 3 apart")
                .build();
    }
}
