package org.plmfrontier.fitting.publication;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.forecast.Backtest;
import org.plmfrontier.fitting.forecast.Forecast;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.live.Forecasts;
import org.plmfrontier.fitting.live.Forecasts.FamilyForecast;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * The loss that a run of some size and tokens would end with.
 *
 * @param outcome FITTED, or NOT_IDENTIFIABLE where there are too few final losses
 * @param reason why there is no forecast; null where there is one
 * @param lossNats with the interval that holds it; null where there is none
 * @param from what it rests on; null where there is none
 */
@StagedBuilder
public record ForecastView(
        String study,
        String family,
        double parameters,
        double tokens,
        String outcome,
        @Nullable String reason,
        @Nullable Estimate lossNats,
        @Nullable Basis from) {
    /**
     * What a forecast rests on.
     *
     * @param losses how many final losses
     * @param beyond 6 N D of what is asked for over the largest of theirs
     * @param weights name of each law to its share
     * @param backtest how such forecasts would have done so far, by multiple k of the compute that was known
     * @param ageSeconds since it was computed
     * @param current whether it was computed from the losses of the latest fit
     */
    public record Basis(
            int losses,
            double beyond,
            Map<String, Double> weights,
            List<Backtest.Row> backtest,
            double ageSeconds,
            boolean current) {
        static Basis of(FamilyForecast found, Forecasts.Known known, double beyond) {
            return new Basis(
                    found.losses(),
                    beyond,
                    found.forecaster().weights(),
                    found.backtest().rows(),
                    known.age().toMillis() / 1000.0,
                    known.current());
        }
    }

    /** Why a question is refused: it lies too far beyond what was trained. */
    public static Optional<String> refusal(FitOutcome<FamilyForecast> outcome, double parameters, double tokens) {
        return outcome.result()
                .map(known -> known.forecaster().at(parameters, tokens))
                .filter(forecast -> forecast.beyond() > Forecaster.FURTHEST)
                .map(forecast -> "6 N D is " + forecast.beyond() + " times the largest that was trained; at most "
                        + Forecaster.FURTHEST + " times are forecast");
    }

    /** The view of a forecast. */
    public static ForecastView of(
            String study, String family, double parameters, double tokens, Forecasts.Known state) {
        FitOutcome<FamilyForecast> outcome = state.forecast();
        Optional<FamilyForecast> known = outcome.result();
        Optional<Forecast> forecast = known.map(found -> found.forecaster().at(parameters, tokens));
        return ForecastViewBuilder.builder()
                .study(study)
                .family(family)
                .parameters(parameters)
                .tokens(tokens)
                .outcome(Outcomes.name(outcome))
                .reason(Outcomes.reason(outcome))
                .lossNats(forecast.map(
                                found -> new Estimate(found.lossNats(), found.low(), found.high(), Forecaster.LEVEL))
                        .orElse(null))
                .from(known.map(found -> Basis.of(
                                found,
                                state,
                                found.forecaster().at(parameters, tokens).beyond()))
                        .orElse(null))
                .build();
    }
}
