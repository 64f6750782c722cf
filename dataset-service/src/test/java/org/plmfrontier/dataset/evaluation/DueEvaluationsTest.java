package org.plmfrontier.dataset.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.evaluation.EvaluationStore.Asked;
import org.plmfrontier.dataset.evaluation.EvaluationStore.KeptState;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.study.RunProgress;
import org.plmfrontier.dataset.study.StudyRun;

/** Of which states evaluations are asked, and when a state that was kept for them goes. */
class DueEvaluationsTest {
    private static final PlannedEvaluation ENDS = evaluation("ends", null);
    private static final PlannedEvaluation TENTHS = evaluation("tenths", 10.0);
    private static final PlannedEvaluation QUARTERS = evaluation("quarters", 25.0);
    private static final RunSpec RUN = RunSpecBuilder.builder()
            .studyId("s")
            .runId("r")
            .name("r")
            .shape(ModelShape.esm2(1, 16, 2))
            .recipe(FrozenRecipes.byName().get("frontier-default"))
            .corpus(Profiles.corpus(Profiles.loads(10, 3)))
            .budgets(List.of(new RunSpec.Budget(1e6, 100 * step())))
            .expectedFlops(1e9)
            .build();

    private final Set<Asked> asked = new HashSet<>();
    private final KeptState first = new KeptState("r", 0, 10 * step(), List.of(10.0));
    private final KeptState half = new KeptState("r", 4, 50 * step(), List.of(10.0, 25.0));

    @Test
    void eachStateIsAskedByThoseThatWantIt() {
        DueEvaluations due = look(run(4, 50, RunState.TRAINING), List.of(first, half), ENDS, TENTHS, QUARTERS);
        assertThat(due.asked())
                .containsExactlyInAnyOrder(state(first, TENTHS), state(half, TENTHS), state(half, QUARTERS));
        assertThat(due.released()).isEmpty();
    }

    @Test
    void aStateGoesOnlyWhenAllWasAskedBeforeAndTheRunNeedsItNoMore() {
        StudyRun far = run(6, 70, RunState.TRAINING);
        DueEvaluations asking = look(far, List.of(half), TENTHS, QUARTERS);
        assertThat(asking.released()).as("what is asked now may be asked again").isEmpty();
        asked.addAll(asking.asked());
        DueEvaluations done = look(far, List.of(half), TENTHS, QUARTERS);
        assertThat(done.released()).containsExactly(half);
        assertThat(done.jobs()).containsExactly(EvaluationJob.release(RUN, half.record()));
        assertThat(look(run(5, 60, RunState.TRAINING), List.of(half), TENTHS, QUARTERS)
                        .released())
                .as("the run may have to go on from it")
                .isEmpty();
    }

    @Test
    void whereNoEvaluationWantsItAnyMoreAStateGoesUnasked() {
        DueEvaluations due = look(run(6, 70, RunState.TRAINING), List.of(first, half), ENDS);
        assertThat(due.asked()).isEmpty();
        assertThat(due.released()).containsExactly(first, half);
        assertThat(look(run(2, 30, RunState.TRAINING), List.of(half), ENDS).released())
                .as("a state that is not trained yet")
                .isEmpty();
    }

    @Test
    void theLastStateOfARunThatIsOverStaysAndOthersGo() {
        assertThat(look(run(4, 50, RunState.DIVERGED), List.of(first, half), ENDS)
                        .released())
                .containsExactly(first);
        assertThat(look(run(5, 100, RunState.COMPLETED), List.of(half), ENDS).released())
                .containsExactly(half);
    }

    private DueEvaluations look(StudyRun run, List<KeptState> kept, PlannedEvaluation... evaluations) {
        DueEvaluations due = new DueEvaluations(List.of(evaluations), asked, Map.of("r", kept));
        if (run.position() == RUN.endRecord()) {
            Stream.of(evaluations)
                    .forEach(one ->
                            asked.add(new Asked("r", RUN.endRecord(), one.spec().hash())));
        }
        due.look(run);
        return due;
    }

    private static Asked state(KeptState state, PlannedEvaluation evaluation) {
        return new Asked("r", state.record(), evaluation.spec().hash());
    }

    private static StudyRun run(int lastSlice, long steps, RunState state) {
        RunProgress.Done done = new RunProgress.Done(lastSlice, steps, steps, steps);
        return new StudyRun(RUN, 0, 6, RUN.endRecord(), new RunProgress("r", state, done, Instant.EPOCH));
    }

    private static long step() {
        return FrozenRecipes.byName().get("frontier-default").recordsPerStep();
    }

    private static PlannedEvaluation evaluation(String name, @Nullable Double percent) {
        TreeMap<String, String> options = new TreeMap<>(Map.of("seed", name));
        return new PlannedEvaluation(new EvaluationSpec(name, EvaluationKind.PERPLEXITY, options, List.of()), percent);
    }
}
