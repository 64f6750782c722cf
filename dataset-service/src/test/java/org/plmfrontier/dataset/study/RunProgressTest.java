package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.dataset.study.RunProgress.Reaction;

class RunProgressTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<TrainingEvent> LIFE = List.of(
            state(RunState.TRAINING, 0),
            slice(0, 4, 100),
            state(RunState.STOPPED, 4),
            state(RunState.TRAINING, 4),
            slice(1, 8, 200),
            slice(2, 9, 220),
            state(RunState.COMPLETED, 9));

    @Test
    void theEventsOfALifeLeadToItsEnd() {
        RunProgress end = after(LIFE);
        assertThat(end).isEqualTo(new RunProgress("r", RunState.COMPLETED, new RunProgress.Done(2, 9, 220, 2200), AT));
    }

    @Test
    void repeatedEventsChangeNothing() {
        RunProgress end = after(LIFE);
        RunProgress again = end;
        for (TrainingEvent event : LIFE) {
            assertThat(again.after(event)).isInstanceOf(Reaction.Unchanged.class);
        }
        RunProgress half = after(LIFE.subList(0, 5));
        assertThat(half.after(LIFE.get(1))).isInstanceOf(Reaction.Unchanged.class);
        assertThat(half.after(TrainingEventHeldOutEvaluatedBuilder.builder()
                        .studyId("s")
                        .runId("r")
                        .step(8)
                        .budgetTokens(1)
                        .tokens(1)
                        .computeFlops(1)
                        .lossNats(2.8)
                        .selectedResidues(5)
                        .at(AT)
                        .build()))
                .isInstanceOf(Reaction.Unchanged.class);
    }

    @Test
    void eventsThatContradictEarlierOnesAreNotBelieved() {
        assertThat(after(LIFE).after(state(RunState.TRAINING, 12))).isInstanceOf(Reaction.Impossible.class);
        assertThat(after(LIFE).after(slice(3, 2, 300))).isInstanceOf(Reaction.Impossible.class);
        assertThatThrownBy(() -> new RunProgress.Done(-1, -1, 0, 0)).hasMessageContaining("step -1");
    }

    private static RunProgress after(List<TrainingEvent> events) {
        RunProgress progress = RunProgress.planned("r", AT);
        for (TrainingEvent event : events) {
            progress = ((Reaction.Advanced) progress.after(event)).progress();
        }
        return progress;
    }

    private static RunStateChanged state(RunState state, long step) {
        return new RunStateChanged("s", "r", state, step, "", AT);
    }

    private static SliceCompleted slice(int slice, long step, double tokens) {
        return TrainingEventSliceCompletedBuilder.builder()
                .studyId("s")
                .runId("r")
                .slice(slice)
                .step(step)
                .toRecord(step)
                .tokens(tokens)
                .computeFlops(10 * tokens)
                .checkpoint("c")
                .trainer("t")
                .at(AT)
                .build();
    }
}
