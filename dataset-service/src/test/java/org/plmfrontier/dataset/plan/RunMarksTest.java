package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;

/** Where evaluations within runs want states, and slices that end there. */
class RunMarksTest {
    private static final Slicing COARSE = new Slicing(OptionalDouble.empty(), 3, 100);
    private final List<SequenceLoad> loads = Profiles.loads(500, 47);
    private final LoadProfile profile = Profiles.profile(loads);

    @Test
    void aMarkIsTheFirstStepAtWhichTheShareOfTheComputeIsSpent() {
        for (RunSpec run : plan(Set.of(), 2e6).runs()) {
            SortedMap<Long, List<Double>> marks = RunMarks.of(run, profile, List.of(10.0));
            assertThat(marks).hasSize(9);
            RunCost cost = new RunCost(run.shape(), profile);
            int step = run.recipe().recordsPerStep();
            int i = 1;
            for (long record : marks.keySet()) {
                double wanted = run.expectedFlops() * i++ / 10;
                assertThat(cost.flops(0, record)).isGreaterThanOrEqualTo(wanted);
                assertThat(cost.flops(0, record - step)).isLessThan(wanted);
                assertThat(record % step).isZero();
            }
        }
    }

    @Test
    void twoEvaluationsShareTheirCommonMarksAndBudgetEndsAreNone() {
        RunSpec run = plan(Set.of(), 1e6, 2e6).runs().getFirst();
        SortedMap<Long, List<Double>> marks = RunMarks.of(run, profile, List.of(10.0, 20.0));
        assertThat(marks.values().stream().filter(List.of(10.0, 20.0)::equals)).hasSizeBetween(3, 4);
        assertThat(marks.values()).noneMatch(List.of(20.0)::equals);
        assertThat(marks.keySet())
                .doesNotContainAnyElementsOf(
                        run.budgets().stream().map(RunSpec.Budget::endRecord).toList());
        assertThat(RunMarks.of(run, profile, List.of())).isEmpty();
    }

    @Test
    void aRunOfFewerStepsThanMarksHasOneAtEachStep() {
        RunSpec run = plan(Set.of(), 2e4).runs().getFirst();
        long steps = run.endRecord() / run.recipe().recordsPerStep();
        assertThat(steps).isLessThan(20);
        assertThat(RunMarks.of(run, profile, List.of(1.0))).hasSize((int) steps - 1);
    }

    @Test
    void slicesEndAtTheMarksAndJoinAndCostWhatTheyDidBefore() {
        StudyPlan plain = plan(Set.of(), 1e6, 2e6);
        StudyPlan marked = plan(Set.of(10.0, 25.0), 1e6, 2e6);
        assertThat(marked.runs()).isEqualTo(plain.runs());
        for (RunSpec run : marked.runs()) {
            List<BatchJob> slices = slices(marked, run);
            assertThat(slices(plain, run)).allMatch(slice -> slice.marks() == null);
            SortedMap<Long, List<Double>> marks = RunMarks.of(run, profile, List.of(10.0, 25.0));
            assertThat(slices.stream().filter(BatchJob::keepsState).map(BatchJob::toRecord))
                    .containsExactlyElementsOf(marks.keySet());
            slices.stream()
                    .filter(BatchJob::keepsState)
                    .forEach(slice -> assertThat(slice.marks()).isEqualTo(marks.get(slice.toRecord())));
            long at = 0;
            for (BatchJob slice : slices) {
                assertThat(slice.fromRecord()).isEqualTo(at);
                at = slice.toRecord();
            }
            assertThat(at).isEqualTo(run.endRecord());
            assertThat(slices.stream().mapToDouble(BatchJob::expectedFlops).sum())
                    .isEqualTo(run.expectedFlops());
        }
    }

    @Test
    void anEvaluationThatComesLateHasItsMarksBehindWhatIsCut() {
        RunSpec run = plan(Set.of(), 2e6).runs().getLast();
        SortedMap<Long, List<Double>> marks = RunMarks.of(run, profile, List.of(10.0));
        long planned =
                run.recipe().recordsPerStep() * (run.endRecord() / run.recipe().recordsPerStep() / 2);
        List<BatchJob> further = StudyPlan.further(
                List.of(new PlannedRun(run, 0, 4, planned, false)),
                profile,
                COARSE.withMarks(Set.of(10.0)),
                run.expectedFlops());
        assertThat(further.stream().filter(BatchJob::keepsState).map(BatchJob::toRecord))
                .containsExactlyElementsOf(marks.tailMap(planned + 1).keySet())
                .isNotEmpty();
        assertThat(further.getFirst().fromRecord()).isEqualTo(planned);
    }

    private static List<BatchJob> slices(StudyPlan plan, RunSpec run) {
        return plan.jobs().stream().filter(job -> job.run().equals(run)).toList();
    }

    private StudyPlan plan(Set<Double> percents, Double... budgets) {
        StudySpec spec = StudySpecBuilder.builder()
                .id("s")
                .corpus("c0ffee")
                .shapes(List.of(ModelShape.esm2(1, 16, 2), ModelShape.esm2(2, 64, 4)))
                .tokenBudgets(List.of(budgets))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
        return StudyPlan.of(spec, Profiles.corpus(loads), profile, COARSE.withMarks(percents), new double[2]);
    }
}
