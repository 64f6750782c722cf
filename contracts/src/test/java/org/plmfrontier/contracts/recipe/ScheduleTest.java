package org.plmfrontier.contracts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void constantRisesLinearlyThenStays() {
        Schedule schedule = new Schedule.Constant(4e-3, 100);
        assertThat(schedule.learningRate(0)).isZero();
        assertThat(schedule.learningRate(25)).isCloseTo(1e-3, within(1e-18));
        assertThat(schedule.learningRate(100)).isEqualTo(4e-3);
        assertThat(schedule.learningRate(1e12)).isEqualTo(4e-3);
        assertThat(schedule.sharesPrefixes()).isTrue();
    }

    @Test
    void withoutWarmupThePaperConstantRateHoldsFromTheFirstStep() {
        assertThat(new Schedule.Constant(1e-5, 0).learningRate(0)).isEqualTo(1e-5);
    }

    @Test
    void equation2IsAsGoodAsDeadAfterSixAndAHalfBillionTokens() {
        Schedule paper = new Schedule.TokenDecay(1e-5, 0.999, 1e6);
        assertThat(paper.learningRate(0)).isEqualTo(1e-5);
        assertThat(paper.learningRate(6.5e9)).isCloseTo(1.5e-8, within(1e-9));
    }

    @Test
    void cosineFallsFromPeakToItsFinalFraction() {
        Schedule schedule = new Schedule.WarmupCosine(1e-3, 100, 1100, 0.1);
        assertThat(schedule.learningRate(50)).isCloseTo(5e-4, within(1e-18));
        assertThat(schedule.learningRate(100)).isCloseTo(1e-3, within(1e-15));
        assertThat(schedule.learningRate(600)).isCloseTo(5.5e-4, within(1e-15));
        assertThat(schedule.learningRate(5000)).isCloseTo(1e-4, within(1e-15));
        assertThat(schedule.sharesPrefixes()).isFalse();
    }

    @Test
    void impossibleSchedulesNameTheField() {
        assertThatThrownBy(() -> new Schedule.Constant(0, 0)).hasMessageContaining("peakLearningRate");
        assertThatThrownBy(() -> new Schedule.Constant(1, -1)).hasMessageContaining("warmupTokens");
        assertThatThrownBy(() -> new Schedule.TokenDecay(1, 1.1, 1)).hasMessageContaining("factor");
        assertThatThrownBy(() -> new Schedule.WarmupCosine(1, 10, 10, 0)).hasMessageContaining("totalTokens");
    }
}
