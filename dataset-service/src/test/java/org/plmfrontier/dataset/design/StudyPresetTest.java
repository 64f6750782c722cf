package org.plmfrontier.dataset.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Schedule;

class StudyPresetTest {
    private final StudyPreset paper = StudyPreset.byName().get("serrano-2024-decay");

    @Test
    void atItsOwnSizeItIsThePapersStudy() {
        StudyPreset whole = paper.scaled(1);
        assertThat(whole.shapes()).containsExactlyElementsOf(Table4.byName().values());
        assertThat(whole.tokenBudgets()).containsExactly(6.5e9, 7.475e9, 9.75e9, 20.8e9);
        assertThat(whole.recipe().schedule()).isEqualTo(new Schedule.TokenDecay(1e-5, 0.999, 1e6));
    }

    @Test
    void scaledDownParametersAndTokensShareTheFactor() {
        StudyPreset small = paper.scaled(1e-6);
        assertThat(small.shapes()).hasSizeBetween(6, 8);
        assertThat((double) ParameterCount.of(small.shapes().getLast()).exact()).isCloseTo(650e3, within(120e3));
        assertThat(small.tokenBudgets().getLast()).isCloseTo(20.8e6, within(1.0));
        Schedule.TokenDecay decay = (Schedule.TokenDecay) small.recipe().schedule();
        assertThat(decay.perTokens()).isCloseTo(1e3, within(1e-6));
        assertThat(decay.peakLearningRate()).isCloseTo(1e-5 * Math.pow(1e-6, -0.25), within(1e-9));
        assertThat(small.reasons(1e-6)).hasSize(3);
    }

    @Test
    void aScaleBeyondItsSizeIsRefused() {
        for (double scale : List.of(0.0, -1.0, 1.5, Double.NaN)) {
            assertThatThrownBy(() -> paper.scaled(scale)).hasMessageContaining("scale must lie in (0, 1]");
        }
    }
}
