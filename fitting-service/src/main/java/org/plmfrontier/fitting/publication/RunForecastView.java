package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.live.RunForecasts;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.study.Run;

/**
 * The held-out loss that an unfinished run will end with.
 *
 * @param parameters N
 * @param budgetTokens D at its end
 * @param expectedFlops C at its end
 * @param computeShare share of them that is spent
 * @param outcome FITTED, or NOT_IDENTIFIABLE where its end cannot be forecast
 * @param reason why it cannot; null where there is a forecast
 * @param lossNats with the interval that holds it; null where there is none
 */
@StagedBuilder
public record RunForecastView(
        String runId,
        String family,
        double parameters,
        double budgetTokens,
        double expectedFlops,
        double computeShare,
        String outcome,
        @Nullable String reason,
        @Nullable Estimate lossNats) {
    /** The view of a forecast. */
    public static RunForecastView of(RunForecasts.OfRun forecast) {
        Run run = forecast.run();
        return RunForecastViewBuilder.builder()
                .runId(run.runId())
                .family(run.family())
                .parameters(run.parameters())
                .budgetTokens(run.budgetTokens())
                .expectedFlops(run.expectedFlops())
                .computeShare(Math.min(1, run.computeFlops() / run.expectedFlops()))
                .outcome(Outcomes.name(forecast.forecast()))
                .reason(Outcomes.reason(forecast.forecast()))
                .lossNats(forecast.forecast()
                        .result()
                        .map(found -> new Estimate(found.lossNats(), found.low(), found.high(), Forecaster.LEVEL))
                        .orElse(null))
                .build();
    }
}
