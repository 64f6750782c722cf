package org.plmfrontier.dataset.http;

import java.time.Instant;
import java.util.List;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.study.Study;
import org.plmfrontier.dataset.study.StudyRun;

/** A study as REST shows it. */
record StudyView(
        String id,
        State state,
        String corpus,
        List<ModelShape> shapes,
        List<Double> tokenBudgets,
        Recipe recipe,
        List<Long> seeds,
        List<RunView> runs,
        double expectedFlops,
        double doneFlops,
        Instant createdAt) {
    /** What the runs' states say together. */
    enum State {
        /** Stored, not all jobs are published. */
        PLANNING,
        /** All jobs are published, nothing is trained. */
        PLANNED,
        /** Some run has begun. */
        TRAINING,
        /** Every run is completed or diverged. */
        COMPLETED
    }

    static StudyView of(Study study, List<StudyRun> runs) {
        return new StudyView(
                study.id(),
                state(study, runs),
                study.spec().corpus(),
                study.spec().shapes(),
                study.spec().tokenBudgets(),
                study.spec().recipe(),
                study.spec().seeds(),
                runs.stream().map(RunView::of).toList(),
                study.expectedFlops(),
                runs.stream().mapToDouble(run -> run.progress().computeFlops()).sum(),
                study.createdAt());
    }

    private static State state(Study study, List<StudyRun> runs) {
        List<RunState> states = runs.stream().map(StudyRun::state).toList();
        if (!study.published()) {
            return State.PLANNING;
        }
        if (states.stream().allMatch(RunState::isFinal)) {
            return State.COMPLETED;
        }
        return states.stream().allMatch(RunState.PLANNED::equals) ? State.PLANNED : State.TRAINING;
    }
}
