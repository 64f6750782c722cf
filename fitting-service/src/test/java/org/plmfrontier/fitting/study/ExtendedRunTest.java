package org.plmfrontier.fitting.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;

class ExtendedRunTest {
    private static final Instant LATER = Instant.parse("2026-04-01T10:00:00Z");
    private static final PlantedStudy PLANTED = PlantedStudy.ofSix("planted", 60, 11);
    private static final RunSpec FIRST = PLANTED.specs().getFirst();
    private static final RunSpec LONGER = longer(FIRST);

    private final Studies studies = new Studies(StepThinning.USUAL);

    @Test
    void theLongerPlanIsTakenWhateverOrderThePlansComeIn() {
        studies.add(PLANTED.all());
        assertThat(studies.add(List.of(new RunPlanned(LONGER, LATER)))).isEmpty();
        assertThat(run().expectedFlops()).isEqualTo(LONGER.expectedFlops());
        assertThat(studies.add(List.of(new RunPlanned(FIRST, LATER)))).isEmpty();
        assertThat(run().spec()).contains(LONGER);
    }

    @Test
    void aCompletedRunThatTrainsAgainHasWorkLeft() {
        studies.add(PLANTED.all());
        long step = run().step();
        studies.add(List.of(
                new RunPlanned(LONGER, LATER),
                new RunStateChanged("planted", FIRST.runId(), RunState.TRAINING, step, "", LATER)));
        assertThat(run().state()).isEqualTo(RunState.TRAINING);
        assertThat(run().remainingFlops()).isPositive();
        assertThat(run().curve().finals()).hasSize(FIRST.budgets().size());
    }

    @Test
    void aPlanThatIsOtherwiseAnotherIsStillRefused() {
        studies.add(PLANTED.all());
        RunSpec other = RunSpecBuilder.builder()
                .studyId(LONGER.studyId())
                .runId(LONGER.runId())
                .name("another")
                .shape(LONGER.shape())
                .recipe(LONGER.recipe())
                .corpus(LONGER.corpus())
                .budgets(LONGER.budgets())
                .expectedFlops(LONGER.expectedFlops())
                .build();
        assertThat(studies.add(List.of(new RunPlanned(other, LATER))))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("planned already, and otherwise"));
    }

    private Run run() {
        return studies.find("planted").orElseThrow().knownRuns().stream()
                .filter(run -> run.runId().equals(FIRST.runId()))
                .findFirst()
                .orElseThrow();
    }

    private static RunSpec longer(RunSpec run) {
        List<RunSpec.Budget> budgets = new ArrayList<>(run.budgets());
        RunSpec.Budget last = budgets.getLast();
        budgets.add(new RunSpec.Budget(2 * last.tokens(), 2 * last.endRecord()));
        return run.withBudgets(budgets, 2 * run.expectedFlops());
    }
}
