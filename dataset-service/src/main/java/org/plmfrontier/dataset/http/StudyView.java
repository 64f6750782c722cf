package org.plmfrontier.dataset.http;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.CellBudgets;
import org.plmfrontier.dataset.plan.DeviceSpeed;
import org.plmfrontier.dataset.plan.PlanWarnings;
import org.plmfrontier.dataset.study.Study;
import org.plmfrontier.dataset.study.StudyRun;

/**
 * A study as REST shows it.
 *
 * @param flopBudgets training FLOPs of each run; null where budgets are counted otherwise
 * @param tokensPerParameter null where budgets are counted otherwise
 * @param budget for which the study was chosen; null where it was stated
 * @param problem why it cannot go on and what mends that, one sentence; null where it can
 * @param warnings what can be trained and is hardly meant, a sentence each
 */
@StagedBuilder
record StudyView(
        String id,
        State state,
        String corpus,
        List<ModelShape> shapes,
        List<Double> tokenBudgets,
        @Nullable List<Double> flopBudgets,
        @Nullable List<Double> tokensPerParameter,
        @Nullable String budget,
        Recipe recipe,
        List<Long> seeds,
        List<RunView> runs,
        double expectedFlops,
        double doneFlops,
        Instant createdAt,
        @Nullable String problem,
        List<String> warnings) {
    private static final String LOST = "its jobs are lost: the jobs topic was made anew or set back to an older backup;"
            + " POST /studies/%s/repair publishes them again (./frontier repair)";

    /** What the runs' states say together. */
    enum State {
        /** Stored, not all of its first jobs are published. */
        PLANNING,
        /** All jobs are published, nothing is trained. */
        PLANNED,
        /** Some run has begun, and one goes on by itself. */
        TRAINING,
        /** Some run is stopped, and none goes on by itself. */
        STOPPED,
        /** Jobs that are not done are no more on their topic. */
        LOST,
        /** Every run is completed or diverged. */
        COMPLETED
    }

    /** @param device how fast one device is */
    static StudyView of(Study study, List<StudyRun> runs, boolean jobsAreLost, DeviceSpeed device) {
        CellBudgets cells = study.spec().cells();
        return StudyViewBuilder.builder()
                .id(study.id())
                .state(jobsAreLost ? State.LOST : state(study, runs))
                .corpus(study.spec().corpus())
                .shapes(study.spec().shapes())
                .tokenBudgets(study.spec().tokenBudgets())
                .recipe(study.spec().recipe())
                .seeds(study.spec().seeds())
                .runs(runs.stream().map(RunView::of).toList())
                .expectedFlops(study.expectedFlops())
                .doneFlops(runs.stream()
                        .mapToDouble(run -> run.progress().computeFlops())
                        .sum())
                .createdAt(study.createdAt())
                .warnings(new PlanWarnings(OptionalDouble.empty(), device)
                        .of(runs.stream().map(StudyRun::spec).toList()).stream()
                                .map(PlanWarnings.Warning::sentence)
                                .toList())
                .flopBudgets(cells == null ? null : cells.flops())
                .tokensPerParameter(cells == null ? null : cells.tokensPerParameter())
                .budget(cells == null ? null : cells.asked())
                .problem(jobsAreLost ? LOST.formatted(study.id()) : null)
                .build();
    }

    private static State state(Study study, List<StudyRun> runs) {
        List<RunState> states = runs.stream().map(StudyRun::state).toList();
        if (!study.published() && states.stream().allMatch(RunState.PLANNED::equals)) {
            return State.PLANNING;
        }
        if (states.stream().allMatch(RunState::isFinal)) {
            return State.COMPLETED;
        }
        if (states.stream().allMatch(state -> state == RunState.STOPPED || state.isFinal())) {
            return State.STOPPED;
        }
        return states.stream().allMatch(RunState.PLANNED::equals) ? State.PLANNED : State.TRAINING;
    }
}
