package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;

class PlanWarningsTest {
    private static final List<SequenceLoad> LOADS = Profiles.loads(300, 6);
    private static final Recipe RECIPE = FrozenRecipes.byName().get("frontier-default");
    private static final ModelShape SMALL = ModelShape.esm2(1, 16, 2);
    private static final double TOKENS = Profiles.corpus(LOADS).tokens();

    @Test
    void aUsualStudyHasNone() {
        assertThat(warnings(runs(RECIPE, List.of(SMALL, ModelShape.esm2(2, 64, 4)), TOKENS, 3 * TOKENS)))
                .isEmpty();
    }

    @Test
    void repeatedDataAreNamedFromFourEpochsOn() {
        assertThat(warnings(runs(RECIPE, List.of(SMALL), 4.5 * TOKENS)))
                .singleElement()
                .satisfies(warning -> assertThat(warning.field()).isEqualTo("tokenBudgets"))
                .satisfies(warning -> assertThat(warning.sentence())
                        .contains("times; beyond about 4 epochs repeated data teach less than new ones"));
        assertThat(warnings(runs(RECIPE, List.of(SMALL), 34_000 * TOKENS))
                        .getFirst()
                        .sentence())
                .contains("34,000 times; beyond about 40 epochs repeated data teach next to nothing");
    }

    @Test
    void aBudgetWithinTheWarmUpIsNamed() {
        Recipe slow = RECIPE.withSchedule(new Schedule.Constant(1e-3, TOKENS));
        assertThat(warnings(runs(slow, List.of(SMALL), TOKENS / 2, 2 * TOKENS)))
                .singleElement()
                .satisfies(warning -> assertThat(warning.field()).isEqualTo("tokenBudgets[0]"))
                .satisfies(warning -> assertThat(warning.sentence()).contains("ends within its warm-up of"));
    }

    @Test
    void aRateThatIsDeadBeforeTheEndIsNamed() {
        Recipe decay = RECIPE.withSchedule(new Schedule.TokenDecay(1e-4, 0.5, TOKENS / 10));
        assertThat(warnings(runs(decay, List.of(SMALL), TOKENS)))
                .extracting(PlanWarnings.Warning::sentence)
                .singleElement()
                .asString()
                .contains("has fallen to 0.001 of its peak when it ends");
        Recipe alive = RECIPE.withSchedule(new Schedule.TokenDecay(1e-4, 0.9, TOKENS / 10));
        assertThat(warnings(runs(alive, List.of(SMALL), TOKENS))).isEmpty();
    }

    @Test
    void aRateThatNoModelOfItsSizeHadIsNamed() {
        Recipe high = RECIPE.withSchedule(new Schedule.Constant(1e-2, 0));
        assertThat(warnings(runs(high, List.of(SMALL), TOKENS)))
                .as("nothing is published of such small ones")
                .isEmpty();
        assertThat(warnings(runs(high, List.of(Table4.byName().get("35M")), TOKENS)))
                .singleElement()
                .satisfies(warning -> assertThat(warning.field()).isEqualTo("recipe.schedule.peakLearningRate"))
                .satisfies(warning -> assertThat(warning.sentence())
                        .contains("peak learning rate 0.0100 of run")
                        .contains("outside of 1e-05 to 2e-03"));
    }

    @Test
    void sizesThatNoDeviceHoldsAreNamed() {
        ModelShape huge = ModelShape.esm2(200, 65536, 512);
        assertThat(warnings(runs(RECIPE.withSchedule(new Schedule.Constant(1e-4, 0)), List.of(huge), 1e5)))
                .extracting(PlanWarnings.Warning::sentence)
                .anyMatch(sentence -> sentence.contains("1.0e+13 parameters"))
                .anyMatch(sentence -> sentence.matches(
                        "run .* takes at least 16\\d,\\d{3} GB of memory .* more than one device has.*"));
    }

    @Test
    void aRunThatIsMostOfTheStudysTimeIsNamed() {
        List<RunSpec> runs = runs(RECIPE, List.of(SMALL, ModelShape.esm2(4, 256, 8)), TOKENS);
        double all = runs.stream().mapToDouble(RunSpec::expectedFlops).sum();
        PlanWarnings slow = new PlanWarnings(OptionalDouble.empty(), DeviceSpeed.known(all / (100 * 3600)));
        assertThat(slow.of(runs))
                .extracting(PlanWarnings.Warning::sentence)
                .singleElement()
                .asString()
                .matches("run .* takes about (99|100) of the 100 device-hours of the study: .*");
        assertThat(new PlanWarnings(OptionalDouble.empty(), DeviceSpeed.known(all / (10 * 3600))).of(runs))
                .as("ten hours are no long study")
                .isEmpty();
    }

    @Test
    void yearsAreNamed() {
        List<RunSpec> runs = runs(RECIPE, List.of(SMALL), TOKENS);
        assertThat(new PlanWarnings(OptionalDouble.of(1), DeviceSpeed.known(1e12)).of(runs))
                .extracting(PlanWarnings.Warning::sentence)
                .singleElement()
                .asString()
                .matches(".* takes [0-9.,]+ years");
    }

    private static List<PlanWarnings.Warning> warnings(List<RunSpec> runs) {
        return new PlanWarnings(OptionalDouble.empty(), DeviceSpeed.known(1e30)).of(runs);
    }

    private static List<RunSpec> runs(Recipe recipe, List<ModelShape> shapes, Double... budgets) {
        StudySpec spec = StudySpecBuilder.builder()
                .id("s")
                .corpus("c0ffee")
                .shapes(shapes)
                .tokenBudgets(List.of(budgets))
                .recipe(recipe)
                .seeds(List.of(1L))
                .build();
        CorpusRef corpus = Profiles.corpus(LOADS);
        return StudyPlan.of(
                        spec,
                        corpus,
                        Profiles.profile(LOADS),
                        new Slicing(OptionalDouble.empty(), 24, 200),
                        new double[4])
                .runs();
    }
}
