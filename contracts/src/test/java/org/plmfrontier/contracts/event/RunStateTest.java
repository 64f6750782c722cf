package org.plmfrontier.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStateTest {
    @ParameterizedTest
    @EnumSource(RunState.class)
    void nothingLeavesADivergedRun(RunState next) {
        assertThat(RunState.DIVERGED.mayBecome(next)).isFalse();
    }

    @Test
    void aCompletedRunGoesOnOnlyToTrainOrStop() {
        assertThat(RunState.COMPLETED.mayBecome(RunState.TRAINING)).isTrue();
        assertThat(RunState.COMPLETED.mayBecome(RunState.STOPPED)).isTrue();
        assertThat(RunState.COMPLETED.mayBecome(RunState.PLANNED)).isFalse();
        assertThat(RunState.COMPLETED.mayBecome(RunState.DIVERGED)).isFalse();
    }

    @Test
    void aStoppedRunCanGoOn() {
        assertThat(RunState.TRAINING.mayBecome(RunState.STOPPED)).isTrue();
        assertThat(RunState.STOPPED.mayBecome(RunState.TRAINING)).isTrue();
        assertThat(RunState.STOPPED.mayBecome(RunState.COMPLETED)).isFalse();
    }
}
