package org.plmfrontier.dataset.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.plan.BudgetKind;

class StudyPresetTest {
    private final StudyPreset paper = StudyPreset.byName().get("serrano-2024-decay");

    @Test
    void atItsOwnSizeItIsThePapersStudy() {
        StudyPreset whole = paper.scaled(1);
        assertThat(whole.shapes()).containsExactlyElementsOf(Table4.byName().values());
        assertThat(whole.grid().tokenBudgets()).containsExactly(6.5e9, 7.475e9, 9.75e9, 20.8e9);
        assertThat(whole.recipe().schedule()).isEqualTo(new Schedule.TokenDecay(1e-5, 0.999, 1e6));
    }

    @Test
    void scaledDownParametersAndTokensShareTheFactor() {
        StudyPreset small = paper.scaled(1e-6);
        assertThat(small.shapes()).hasSizeBetween(6, 8);
        assertThat((double) ParameterCount.of(small.shapes().getLast()).exact()).isCloseTo(650e3, within(120e3));
        assertThat(small.grid().tokenBudgets().getLast()).isCloseTo(20.8e6, within(1.0));
        Schedule.TokenDecay decay = (Schedule.TokenDecay) small.recipe().schedule();
        assertThat(decay.perTokens()).isCloseTo(1e3, within(1e-6));
        assertThat(decay.peakLearningRate()).isCloseTo(1e-5 * Math.pow(1e-6, -0.25), within(1e-9));
        assertThat(small.reasons(1e-6)).hasSize(3);
    }

    @Test
    void theGridsByFlopsAreThePublishedOnes() {
        StudyPreset masked = StudyPreset.byName().get("cheng-2024-mlm");
        assertThat(masked.grid().kind()).isEqualTo(BudgetKind.FLOPS);
        assertThat(masked.grid().budgets()).containsExactly(1e18, 3e18, 1e19, 3e19, 1e20, 3e20, 1e21);
        assertThat(masked.grid().cells(masked.shapes().size())).isEqualTo(72);
        assertThat(masked.shapes()).allMatch(shape -> shape.family() == Family.ESM2);
        StudyPreset causal = StudyPreset.byName().get("cheng-2024-clm");
        assertThat(causal.grid().cells(causal.shapes().size())).isEqualTo(77);
        assertThat(causal.shapes()).allMatch(shape -> shape.family() == Family.CAUSAL);
        double largest = ParameterCount.of(causal.shapes().getLast()).exact();
        assertThat(largest).isBetween(6.5e9, 7.5e9);
    }

    @Test
    void everyProfileHasSizesOnBothSidesOfItsPublishedOptimum() {
        StudyPreset chinchilla = StudyPreset.byName().get("chinchilla");
        for (StudyPreset preset : List.of(chinchilla, chinchilla.scaled(1e-6))) {
            double scale = preset == chinchilla ? 1 : 1e-6;
            assertThat(preset.grid().notCells()).hasSameSizeAs(preset.shapes());
            for (int i = 0; i < 9; i++) {
                int budget = i;
                double flops = preset.grid().budgets().get(i);
                double optimum = Math.sqrt(scale) * 400e6 * Math.pow(flops / scale / 1.92e19, 0.49);
                List<Double> sizes = IntStream.range(0, preset.shapes().size())
                        .filter(shape -> !preset.grid().notCells().get(shape).contains(budget))
                        .mapToObj(shape -> (double)
                                ParameterCount.of(preset.shapes().get(shape)).exact())
                        .toList();
                assertThat(sizes).as("%s FLOPs", flops).hasSizeGreaterThanOrEqualTo(5);
                assertThat(sizes.getFirst()).isLessThan(optimum / 2);
                assertThat(sizes.getLast()).isGreaterThan(optimum * 2);
            }
        }
    }

    @Test
    void ratesGrowAsModelsShrinkButNotBeyondWhatSmallModelsBear() {
        StudyPreset masked = StudyPreset.byName().get("cheng-2024-mlm");
        assertThat(masked.scaled(1e-2).recipe().schedule().peakLearningRate())
                .isCloseTo(3e-4 * Math.pow(10, 0.5), within(1e-9));
        assertThat(masked.scaled(1e-8).recipe().schedule().peakLearningRate()).isEqualTo(3e-3);
        assertThat(masked.scaled(1e-8).reasons(1e-8)).anyMatch(reason -> reason.contains("at most 0.003"));
    }

    @Test
    void whereSizesFallTogetherThePlanSaysHowManyAreLeft() {
        StudyPreset tiny = paper.scaled(1e-8);
        assertThat(tiny.shapes()).hasSize(6);
        assertThat(tiny.reasons(1e-8))
                .contains(
                        "so small, 6 of its 8 sizes are left: the others are nearest to the same dimensions as one of these");
        assertThat(paper.reasons(1)).noneMatch(reason -> reason.startsWith("so small"));
    }

    @Test
    void aScaleBeyondItsSizeIsRefused() {
        for (double scale : List.of(0.0, -1.0, 1.5, Double.NaN)) {
            assertThatThrownBy(() -> paper.scaled(scale)).hasMessageContaining("scale must lie in (0, 1]");
        }
    }
}
