package org.plmfrontier.dataset.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.RunCost;
import org.plmfrontier.dataset.refusal.RefusedException;

class StudyDesignerTest {
    /** Records of 16 proteins of 256 tokens. */
    private static final SequenceLoad LOAD = new SequenceLoad(16, 4096, 16L * 256 * 256);

    private static LoadProfile profile(int records) {
        LoadProfile.Builder builder = new LoadProfile.Builder();
        for (int i = 0; i < records; i++) {
            builder.add(LOAD);
        }
        return builder.build();
    }

    private static StudyDesigner designer(LoadProfile profile) {
        return new StudyDesigner(Family.ESM2, null, null, null, new StudyDesigner.Data(profile, 1));
    }

    /** FLOPs of all runs, each to its last cell within the epochs. */
    private static double flops(StudyDesign design, LoadProfile profile) {
        return design.shapes().stream()
                .mapToDouble(shape -> {
                    double epoch = new RunCost(shape, profile).flops(0, profile.records());
                    return design.flopBudgets().stream()
                            .filter(budget -> budget <= design.maxEpochs() * epoch)
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElse(0);
                })
                .sum();
    }

    @ParameterizedTest
    @ValueSource(doubles = {3e12, 1e14, 1e16, 3e16})
    void aBudgetOfFlopsIsUsedAndNotExceeded(double flops) {
        LoadProfile profile = profile(200_000);
        StudyDesign design = designer(profile).of("budget", new ComputeBudget.Flops(flops));
        assertThat(design.shapes().size()).isBetween(5, 7);
        assertThat(design.flopBudgets()).hasSize(7).isSorted();
        assertThat(flops(design, profile)).isBetween(0.6 * flops, flops);
        assertThat(design.reasons()).hasSize(5);
    }

    @Test
    void theOptimumOfEachBudgetLiesWithinTheSizes() {
        StudyDesign design = designer(profile(200_000)).of("budget", new ComputeBudget.Flops(1e16));
        double largest = design.flopBudgets().getLast();
        double hoffmann = Math.sqrt(largest / 120);
        assertThat(parameters(design.shapes().getFirst())).isLessThan(Math.sqrt(largest / 32 / 120) / 8);
        assertThat(parameters(design.shapes().getLast())).isGreaterThan(hoffmann);
    }

    @Test
    void aSmallCorpusBoundsTheStudyAndThePlanSaysSo() {
        LoadProfile small = profile(100);
        StudyDesign design = designer(small).of("budget", new ComputeBudget.Flops(1e16));
        assertThat(flops(design, small)).isLessThan(0.5e16);
        assertThat(design.reasons()).anySatisfy(reason -> assertThat(reason).contains("a larger corpus"));
        ModelShape middle = design.shapes().get(design.shapes().size() / 2);
        double epochs = design.flopBudgets().getLast() / new RunCost(middle, small).flops(0, small.records());
        assertThat(epochs).isLessThan(4.01);
    }

    @Test
    void timeHereIsSharedByDevicesAtTheirMeasuredSpeed() {
        LoadProfile profile = profile(20_000);
        ComputeBudget.Here tenMinutes = new ComputeBudget.Here(600, false);
        StudyDesign one = designer(profile).of("budget", tenMinutes, shape -> 1e10, 1);
        StudyDesign two = designer(profile).of("budget", tenMinutes, shape -> 1e10, 2);
        assertThat(flops(one, profile)).isBetween(0.6 * 0.75 * 6e12, 0.75 * 6e12);
        assertThat(flops(two, profile)).isGreaterThan(1.5 * flops(one, profile));
    }

    @Test
    void evaluationsArePaidFromTimeAndNotFromTrainingFlops() {
        LoadProfile profile = profile(20_000);
        ComputeBudget.Here minutes = new ComputeBudget.Here(600, false);
        StudyDesigner many = new StudyDesigner(Family.ESM2, null, null, null, new StudyDesigner.Data(profile, 200));
        StudyDesign bare = designer(profile).of("budget", minutes, shape -> 1e10, 1);
        StudyDesign evaluated = many.of("budget", minutes, shape -> 1e10, 1);
        double evaluations = evaluated.shapes().stream()
                .mapToDouble(shape -> 7 * new RunCost(shape, profile).flops(0, 200) / 3.0)
                .sum();
        assertThat(flops(evaluated, profile) + evaluations).isLessThan(0.75 * 6e12 * 1.02);
        assertThat(flops(evaluated, profile)).isLessThan(flops(bare, profile) - 0.5 * evaluations);
        ComputeBudget.Flops flops = new ComputeBudget.Flops(1e13);
        assertThat(many.of("budget", flops).flopBudgets())
                .isEqualTo(designer(profile).of("budget", flops).flopBudgets());
    }

    @Test
    void aTimeThatEvaluationsWouldUseUpIsOneOfTrainingAndSaysHowMuchLongerItTakes() {
        LoadProfile profile = profile(20_000);
        StudyDesigner many = new StudyDesigner(Family.ESM2, null, null, null, new StudyDesigner.Data(profile, 200));
        StudyDesign minute = many.of("budget", new ComputeBudget.Here(60, false), shape -> 1e10, 1);
        assertThat(flops(minute, profile)).isBetween(0.6 * 0.75 * 6e11, 0.75 * 6e11);
        assertThat(minute.reasons().getLast()).matches("evaluations: .* about [0-9.]+ times as long");
        assertThat(minute.reasons().getFirst()).contains("evaluations on top of them");
    }

    @Test
    void namedDevicesTrainInThePrecisionOfTheirPeak() {
        LoadProfile profile = profile(200_000);
        ComputeBudget.OnDevice budget = (ComputeBudget.OnDevice) ComputeBudget.parse("budget", "2 gpu-hours on H100");
        StudyDesign design = designer(profile).of("budget", budget);
        assertThat(design.recipe().precision()).isEqualTo(Precision.BF16);
        assertThat(design.recipe().schedule().peakLearningRate()).isEqualTo(4e-4);
        assertThat(design.reasons().getFirst()).contains("35 %");
    }

    @Test
    void whatIsStatedIsKept() {
        List<ModelShape> shapes = SizeLadder.parse("sizes", "20k..1M, 5", Family.CAUSAL);
        Recipe recipe = FrozenRecipes.byName().get("frontier-cosine");
        StudyDesign design = new StudyDesigner(
                        Family.CAUSAL, shapes, recipe, null, new StudyDesigner.Data(profile(20_000), 1))
                .of("budget", new ComputeBudget.Flops(1e14));
        assertThat(design.shapes()).isEqualTo(shapes);
        assertThat(design.recipe()).isEqualTo(recipe);
    }

    @Test
    void theWarmUpEndsBeforeTheSmallestCell() {
        StudyDesign design = designer(profile(20_000)).of("budget", new ComputeBudget.Flops(5e12));
        double smallest = design.flopBudgets().getFirst();
        double perToken = new RunCost(design.shapes().getLast(), profile(1)).flops(0, 1) / 4096;
        assertThat(design.recipe().schedule().warmupTokens())
                .isLessThanOrEqualTo(Math.max(8 * 4096, smallest / perToken / 3) + 1);
    }

    @Test
    void tooLittleForAStudyIsRefused() {
        assertThatThrownBy(() -> designer(profile(1000)).of("budget", new ComputeBudget.Flops(1e9)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("too small for a study");
    }

    private static double parameters(ModelShape shape) {
        return ParameterCount.of(shape).exact();
    }
}
