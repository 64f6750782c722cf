package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Cells whose tokens are not the same for all shapes. */
class CellGridTest {
    private static final ModelShape SMALL = ModelShape.esm2(1, 16, 2);
    private static final ModelShape LARGE = ModelShape.esm2(2, 64, 4);
    private static final Recipe RECIPE =
            FrozenRecipes.byName().get("frontier-default").withSchedule(new Schedule.Constant(3e-3, 1e4));

    private final List<SequenceLoad> loads = Profiles.loads(500, 31);
    private final LoadProfile profile = Profiles.profile(loads);

    private static StudySpec spec(List<ModelShape> shapes, CellBudgets cells) {
        return new StudySpec("s", "c0ffee", shapes, List.of(), RECIPE, List.of(1L), null, null, null, cells);
    }

    private StudyPlan plan(StudySpec spec) {
        return StudyPlan.of(
                spec, Profiles.corpus(loads), profile, new Slicing(OptionalDouble.empty(), 24, 200), new double[4]);
    }

    @Test
    void everySizeSpendsTheSameFlopsToWithinAStep() {
        List<Double> flops = List.of(2e10, 1e11, 4e11);
        for (RunSpec run :
                plan(spec(List.of(SMALL, LARGE), CellBudgets.ofFlops(flops))).runs()) {
            assertThat(run.budgets()).hasSize(3);
            RunCost cost = new RunCost(run.shape(), profile);
            for (int i = 0; i < 3; i++) {
                RunSpec.Budget budget = run.budgets().get(i);
                assertThat(cost.flops(0, budget.endRecord())).isLessThanOrEqualTo(flops.get(i));
                assertThat(cost.flops(0, budget.endRecord() + 1)).isGreaterThan(flops.get(i));
                assertThat(budget.tokens()).isEqualTo((double) profile.tokensBefore(budget.endRecord()));
            }
        }
    }

    @Test
    void aShapeIsTrainedOnTheBudgetsOfItsOwnAndAnExtensionOnAll() {
        double epoch = new RunCost(SMALL, profile).flops(0, profile.records());
        CellBudgets cells = new CellBudgets(
                List.of(epoch, 2 * epoch, 3 * epoch), null, null, null, List.of(List.of(2), List.of(0, 1)));
        StudySpec spec = spec(List.of(SMALL, LARGE), cells);
        List<RunSpec> runs = plan(spec).runs();
        assertThat(runs.getFirst().budgets()).hasSize(2);
        assertThat(runs.getLast().budgets()).hasSize(1);
        assertThat(StudyPlan.omissions(spec, Profiles.corpus(loads), profile)).isEmpty();
        List<RunSpec> further =
                plan(spec.extended(List.of(), List.of(4 * epoch))).runs();
        assertThat(further.getFirst().budgets()).hasSize(3);
        assertThat(further.getLast().budgets()).hasSize(2);
    }

    @Test
    void cellsWithinTheWarmUpAndBeyondTheEpochsAreLeftOutAndSaid() {
        double epoch = new RunCost(SMALL, profile).flops(0, profile.records());
        double early = new RunCost(SMALL, profile).flops(0, 10);
        CellBudgets cells = new CellBudgets(List.of(early, epoch, 3 * epoch), null, 2.0, null);
        StudySpec spec = spec(List.of(SMALL, LARGE), cells);
        List<RunSpec> runs = plan(spec).runs();
        assertThat(runs.getFirst().budgets()).hasSize(2);
        assertThat(runs.getFirst().budgets().getLast().endRecord()).isEqualTo(profile.records());
        assertThat(runs.getLast().budgets()).hasSize(2);
        assertThat(StudyPlan.omissions(spec, Profiles.corpus(loads), profile))
                .satisfiesExactly(
                        sentence ->
                                assertThat(sentence).startsWith("1 of 6 cells").contains("maxEpochs", "FLOPs"),
                        sentence ->
                                assertThat(sentence).startsWith("1 of 6 cells").contains("warm-up"));
    }

    @Test
    void aShapeWithoutAnyCellIsRefused() {
        CellBudgets few = CellBudgets.ofFlops(List.of(new RunCost(SMALL, profile).flops(0, 2)));
        assertThatThrownBy(() -> plan(spec(List.of(SMALL), few)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("flopBudgets"));
        CellBudgets rare = new CellBudgets(null, List.of(1e4), 0.5, null);
        assertThatThrownBy(() -> plan(spec(List.of(SMALL), rare)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("maxEpochs"));
    }

    @Test
    void tokensPerParameterAreTokensOfEachShape() {
        CellBudgets cells = new CellBudgets(null, List.of(20.0, 40.0), null, null);
        for (RunSpec run : plan(spec(List.of(SMALL, LARGE), cells)).runs()) {
            double parameters = ParameterCount.of(run.shape()).exact();
            assertThat(run.budgets())
                    .extracting(RunSpec.Budget::tokens)
                    .containsExactly(20 * parameters, 40 * parameters);
        }
    }

    @Test
    void aStudyHasOneKindOfBudgets() {
        CellBudgets both = new CellBudgets(List.of(1e11), List.of(20.0), null, null);
        assertThatThrownBy(() -> spec(List.of(SMALL), both)).hasMessageContaining("only budgets");
        assertThatThrownBy(() -> new StudySpec(
                        "s",
                        "c0ffee",
                        List.of(SMALL),
                        List.of(1e5),
                        RECIPE,
                        List.of(1L),
                        null,
                        null,
                        null,
                        CellBudgets.ofFlops(List.of(1e11))))
                .hasMessageContaining("only budgets");
        assertThatThrownBy(() -> spec(List.of(SMALL), CellBudgets.ofFlops(List.of(2e11, 1e11))))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("flopBudgets[1]"));
    }

    @Test
    void aFlopBudgetMayBeExtendedByALargerOne() {
        StudySpec spec = spec(List.of(SMALL), CellBudgets.ofFlops(List.of(1e11)));
        StudySpec larger = spec.extended(List.of(LARGE), List.of(4e11));
        assertThat(larger.budgets()).containsExactly(1e11, 4e11);
        assertThat(larger.includes(spec)).isTrue();
        assertThat(spec.includes(larger)).isFalse();
        RunSpec before = plan(spec).runs().getFirst();
        RunSpec after = plan(larger).runs().getFirst();
        assertThat(after.goesOnFrom(before)).isTrue();
        assertThat(after.runId()).isEqualTo(before.runId());
        assertThatThrownBy(() -> spec.extended(List.of(), List.of(5e10)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("flopBudgets[0]"));
    }
}
