package org.plmfrontier.fitting.publication;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.forecast.BestSize;
import org.plmfrontier.fitting.forecast.DecidingRun;
import org.plmfrontier.fitting.forecast.EquivalentCompute;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.live.Decisions;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.Forecasts;
import org.plmfrontier.fitting.live.Forecasts.FamilyForecast;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What size to train with how many tokens for a budget, and the loss to expect: one answer, whose intervals count the laws' own
 * errors.
 *
 * @param budgetFlops 6 N D, the rule of thumb that all laws share
 * @param outcome FITTED, or NOT_IDENTIFIABLE while it is not decided
 * @param reason why it is not; null where there is an answer
 * @param best the answer; null where there is none
 * @param from what it rests on; null where nothing is known
 * @param decidingRuns runs of which each alone would narrow the interval of the size by most for its cost; while there are too few
 *     losses for a forecast the cheapest ones that together would be enough, with widths of 0
 */
@StagedBuilder
public record AnswerView(
        String study,
        String family,
        double budgetFlops,
        String outcome,
        @Nullable String reason,
        @Nullable Best best,
        ForecastView.@Nullable Basis from,
        List<DecidingRun> decidingRuns) {
    /** The budget that is answered where none is asked, over the most compute that was trained. */
    private static final double USUAL_FACTOR = 10;

    /**
     * The answer.
     *
     * @param halfSizeCostsNats how much worse half the size would be at the same compute
     * @param twiceSizeCostsNats how much worse twice the size would be
     * @param halfSizeComputeShare share of the budget at which the best size would end as badly as half the size does with all of
     *     it; null where it is less than a ten-thousandth
     * @param twiceSizeComputeShare the same of twice the size
     * @param halfSize the figures of half the size, which has twice the tokens, with their intervals
     * @param twiceSize the figures of twice the size, which has half the tokens, with their intervals
     * @param warning where the size or its tokens lie far outside of what was tried; else null
     */
    @StagedBuilder
    public record Best(
            Estimate parameters,
            Estimate tokens,
            Estimate tokensPerParameter,
            Estimate lossNats,
            double halfSizeCostsNats,
            double twiceSizeCostsNats,
            @Nullable Double halfSizeComputeShare,
            @Nullable Double twiceSizeComputeShare,
            OtherSize halfSize,
            OtherSize twiceSize,
            @Nullable String warning) {
        private static Best of(BestSize size, Forecaster forecaster) {
            EquivalentCompute compute = new EquivalentCompute(forecaster, size);
            OtherSize half = OtherSize.of(size.half(), size.loss().lossNats(), compute);
            OtherSize twice = OtherSize.of(size.twice(), size.loss().lossNats(), compute);
            return AnswerViewBestBuilder.builder()
                    .parameters(size.parameters())
                    .tokens(size.tokens())
                    .tokensPerParameter(size.tokensPerParameter())
                    .lossNats(new Estimate(
                            size.loss().lossNats(),
                            size.loss().low(),
                            size.loss().high(),
                            Forecaster.LEVEL))
                    .halfSizeCostsNats(half.costsNats().value())
                    .twiceSizeCostsNats(twice.costsNats().value())
                    .halfSize(half)
                    .twiceSize(twice)
                    .halfSizeComputeShare(half.computeShare())
                    .twiceSizeComputeShare(twice.computeShare())
                    .warning(size.warning().orElse(null))
                    .build();
        }
    }

    /**
     * What another size than the best one would cost at the same compute.
     *
     * @param costsNats how much worse such runs would end on average; the interval begins below zero where the other size may be
     *     better
     * @param computeShare share of the budget at which the best size would end as badly as the other size does with all of it; null
     *     where it is less than a ten-thousandth
     * @param computeShareLow the same at the upper end of {@code costsNats}; null where it is less than a ten-thousandth
     * @param computeShareHigh the same at the lower end of {@code costsNats}; 1 where the other size may be no worse
     */
    public record OtherSize(
            Estimate costsNats,
            @Nullable Double computeShare,
            @Nullable Double computeShareLow,
            @Nullable Double computeShareHigh) {
        private static OtherSize of(Estimate costs, double bestNats, EquivalentCompute compute) {
            return new OtherSize(
                    costs,
                    orNull(compute.shareFor(bestNats + costs.value())),
                    orNull(compute.shareFor(bestNats + costs.high())),
                    orNull(compute.shareFor(bestNats + costs.low())));
        }

        private static @Nullable Double orNull(OptionalDouble share) {
            return share.isPresent() ? share.getAsDouble() : null;
        }
    }

    /** The budget that is meant where none is asked; 0 where nothing is known. */
    public static double usualBudget(FitOutcome<FamilyForecast> known) {
        return known.result()
                .map(found -> USUAL_FACTOR * found.forecaster().mostComputeFlops())
                .orElse(0.0);
    }

    /** Why a budget is refused: it lies too far beyond what was trained. */
    public static Optional<String> refusal(FitOutcome<FamilyForecast> known, double budgetFlops) {
        return known.result()
                .map(found -> budgetFlops / found.forecaster().mostComputeFlops())
                .filter(beyond -> beyond > Forecaster.FURTHEST)
                .map(beyond -> "the budget is " + beyond + " times the largest 6 N D that was trained; at most "
                        + Forecaster.FURTHEST + " times are answered");
    }

    /** The view of an answer. */
    public static AnswerView of(
            String study, FamilyFit fitted, double budgetFlops, Forecasts.Known known, Decisions decisions) {
        String family = fitted.family();
        FitOutcome<FamilyForecast> outcome = known.forecast();
        if (outcome.result().isEmpty()) {
            return AnswerViewBuilder.builder()
                    .study(study)
                    .family(family)
                    .budgetFlops(budgetFlops)
                    .outcome(Outcomes.name(outcome))
                    .decidingRuns(Decisions.first(fitted.data().observations()))
                    .reason(Outcomes.reason(outcome))
                    .build();
        }
        FamilyForecast found = outcome.result().get();
        FitOutcome<BestSize> best = found.forecaster().best(budgetFlops);
        return AnswerViewBuilder.builder()
                .study(study)
                .family(family)
                .budgetFlops(budgetFlops)
                .outcome(Outcomes.name(best))
                .decidingRuns(decisions.of(found.forecaster(), budgetFlops, fitted.mostTokens()))
                .reason(Outcomes.reason(best))
                .best(best.result()
                        .map(size -> Best.of(size, found.forecaster()))
                        .orElse(null))
                .from(ForecastView.Basis.of(
                        found, known, budgetFlops / found.forecaster().mostComputeFlops()))
                .build();
    }
}
