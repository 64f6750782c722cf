package org.plmfrontier.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.trainer.slice.PublishedRun;

/**
 * What a read_committed reader has seen of one run, held against the undisturbed run event by event: each step once and in
 * order, the same numbers, each budget evaluated once, each slice once, and only state changes that can follow each other.
 */
final class RunHistory {
    private static final Map<RunState, Set<RunState>> MAY_FOLLOW = Map.of(
            RunState.PLANNED, Set.of(RunState.TRAINING, RunState.STOPPED),
            RunState.TRAINING, Set.of(RunState.STOPPED, RunState.COMPLETED),
            RunState.STOPPED, Set.of(RunState.TRAINING, RunState.STOPPED),
            RunState.COMPLETED, Set.of(RunState.TRAINING, RunState.STOPPED));

    /** What the undisturbed run says. */
    private record Expected(List<StepCompleted> steps, Map<Double, Double> heldOutNats, int slices) {}

    private final Expected expected;
    private final Map<Double, Double> heldOut = new HashMap<>();
    private long step;
    private int slice = -1;
    private RunState state = RunState.PLANNED;
    private String reason = "";
    private boolean extended;
    private PublishedRun published = PublishedRun.NOTHING;

    /**
     * A run of which nothing was seen yet.
     *
     * @param undisturbed events of the same run without faults
     */
    RunHistory(List<TrainingEvent> undisturbed) {
        List<StepCompleted> steps = new ArrayList<>();
        Map<Double, Double> losses = new HashMap<>();
        int slices = 0;
        for (TrainingEvent event : undisturbed) {
            switch (event) {
                case StepCompleted done -> steps.add(done);
                case HeldOutEvaluated done -> losses.put(done.budgetTokens(), done.lossNats());
                case SliceCompleted ignored -> slices++;
                default -> {}
            }
        }
        expected = new Expected(steps, losses, slices);
    }

    void see(TrainingEvent event) {
        published = published.after(event);
        switch (event) {
            case StepCompleted done -> seeStep(done);
            case HeldOutEvaluated done -> {
                assertThat(heldOut.put(done.budgetTokens(), done.lossNats()))
                        .as("evaluated before: %s", done)
                        .isNull();
                assertThat(done.lossNats())
                        .as("%s", done)
                        .isEqualTo(expected.heldOutNats().get(done.budgetTokens()));
            }
            case SliceCompleted done -> assertThat(done.slice()).as("%s", done).isEqualTo(++slice);
            case RunStateChanged change -> {
                assertThat(MAY_FOLLOW.getOrDefault(state, Set.of()))
                        .as("%s after %s", change, state)
                        .contains(change.state());
                assertThat(state == RunState.COMPLETED && !extended)
                        .as("%s of a run that was not extended", change)
                        .isFalse();
                state = change.state();
                reason = change.reason();
            }
            default -> {}
        }
    }

    private void seeStep(StepCompleted done) {
        assertThat(done.step()).as("%s", done).isEqualTo(step + 1);
        StepCompleted same = expected.steps().get((int) step);
        assertThat(done.lossNats()).as("%s", done).isEqualTo(same.lossNats());
        assertThat(done.tokens()).as("%s", done).isEqualTo(same.tokens());
        assertThat(done.computeFlops()).as("%s", done).isEqualTo(same.computeFlops());
        assertThat(state).as("state at %s", done).isEqualTo(RunState.TRAINING);
        step++;
    }

    /** From now on the run may go on when it is completed. */
    void extend() {
        extended = true;
    }

    PublishedRun published() {
        return published;
    }

    long step() {
        return step;
    }

    RunState state() {
        return state;
    }

    /** Of the last change of state. */
    String reason() {
        return reason;
    }

    void assertComplete() {
        assertThat(state).isEqualTo(RunState.COMPLETED);
        assertThat(step).isEqualTo(expected.steps().size());
        assertThat(slice + 1).isEqualTo(expected.slices());
        assertThat(heldOut).isEqualTo(expected.heldOutNats());
    }
}
