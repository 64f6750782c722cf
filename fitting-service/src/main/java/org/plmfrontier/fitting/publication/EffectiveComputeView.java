package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.forecast.EffectiveCompute;
import org.plmfrontier.fitting.live.Forecasts;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What another study is worth in compute of this one, each with its best sizes and a floor of its own.
 *
 * @param budgetFlops of the other study, 6 N D
 * @param outcome FITTED, or NOT_IDENTIFIABLE with the reason
 * @param lossNats that the other study reaches with it; null where there is no factor
 * @param factor compute that this study needs for that loss over {@code budgetFlops}; null where there is none
 * @param beyond that compute over the most that this study was trained with; null where there is no factor
 */
@StagedBuilder
public record EffectiveComputeView(
        Side study,
        Side other,
        double budgetFlops,
        String outcome,
        @Nullable String reason,
        @Nullable Estimate lossNats,
        @Nullable Estimate factor,
        @Nullable Double beyond) {
    /** A study's family. */
    public record Side(String study, String family) {}

    /** All that the other study was trained with; 0 where nothing is known of it. */
    public static double usualBudget(Forecasts.Known other) {
        return other.forecast()
                .result()
                .map(found -> found.forecaster().mostComputeFlops())
                .orElse(0.0);
    }

    /** The view of a comparison. */
    public static EffectiveComputeView of(
            Side study, Forecasts.Known known, Side other, Forecasts.Known others, double budgetFlops) {
        FitOutcome<EffectiveCompute> outcome = known.forecast()
                .flatMap(one -> others.forecast()
                        .flatMap(two -> EffectiveCompute.of(one.forecaster(), two.forecaster(), budgetFlops)));
        return EffectiveComputeViewBuilder.builder()
                .study(study)
                .other(other)
                .budgetFlops(budgetFlops)
                .outcome(Outcomes.name(outcome))
                .reason(Outcomes.reason(outcome))
                .lossNats(outcome.result().map(EffectiveCompute::lossNats).orElse(null))
                .factor(outcome.result().map(EffectiveCompute::factor).orElse(null))
                .beyond(outcome.result().map(EffectiveCompute::beyond).orElse(null))
                .build();
    }
}
