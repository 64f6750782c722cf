package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.refusal.RefusedException;

class StudyPlanTest {
    private static final Slicing STANDARD = new Slicing(OptionalDouble.empty(), 24, 200);
    private static final List<ModelShape> SHAPES = List.of(
            ModelShape.esm2(1, 16, 2),
            ModelShape.esm2(2, 32, 2),
            ModelShape.esm2(2, 64, 4),
            ModelShape.esm2(4, 128, 4));
    private static final long SEED = 31;

    private final List<SequenceLoad> loads = Profiles.loads(500, SEED);

    @Test
    void slicesOfARunAreContiguousHoldWholeStepsAndEndAtBudgetEnds() {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 100; round++) {
            int step = random.nextInt(1, 6);
            double first = 4e4 * (1 + random.nextDouble(20));
            Slicing slicing = new Slicing(OptionalDouble.empty(), random.nextInt(1, 60), random.nextInt(1, 100));
            StudyPlan plan = plan(spec("frontier-default", step, List.of(first, 3 * first, 11 * first)), slicing, 4);
            for (RunSpec run : plan.runs()) {
                List<BatchJob> slices = slices(plan, run);
                long position = 0;
                for (BatchJob slice : slices) {
                    assertThat(slice.fromRecord()).isEqualTo(position);
                    position = slice.toRecord();
                }
                assertThat(position).isEqualTo(run.endRecord());
                assertThat(slices).extracting(BatchJob::slice).isEqualTo(range(slices.size()));
                assertThat(slices)
                        .extracting(BatchJob::toRecord)
                        .containsAll(run.budgets().stream()
                                .map(RunSpec.Budget::endRecord)
                                .toList());
                assertThat(slices.stream().mapToDouble(BatchJob::expectedFlops).sum())
                        .isEqualTo(run.expectedFlops());
                assertThat(slices.size()).isLessThanOrEqualTo(slicing.mostPerRun() + 3);
            }
        }
    }

    @Test
    void theLargestRunIsCutIntoAboutTwentyFourSlicesOfAboutEqualFlops() {
        StudyPlan plan = plan(spec("frontier-default", 1, List.of(1.8e6)), STANDARD, 4);
        RunSpec largest = plan.runs().getLast();
        List<BatchJob> slices = slices(plan, largest);
        assertThat(slices).hasSize(24);
        double target = largest.expectedFlops() / 24;
        assertThat(slices).allMatch(slice -> Math.abs(slice.expectedFlops() - target) < 0.15 * target);
        assertThat(slices(plan, plan.runs().getFirst())).hasSize(1);
    }

    @Test
    void aTargetOfItsOwnDecidesTheSizeOfSlices() {
        Slicing fine = new Slicing(OptionalDouble.of(1), 24, 50);
        StudyPlan plan = plan(spec("frontier-default", 1, List.of(1.8e6)), fine, 4);
        assertThat(plan.runs()).allSatisfy(run -> assertThat(slices(plan, run)).hasSize(50));
    }

    @Test
    void budgetsEndAtTheLastWholeStepWithinThem() {
        StudyPlan plan = plan(spec("frontier-default", 3, List.of(5e4, 7e6)), STANDARD, 4);
        LoadProfile profile = Profiles.profile(loads);
        for (RunSpec.Budget budget : plan.runs().getFirst().budgets()) {
            assertThat((double) profile.tokensBefore(budget.endRecord())).isLessThanOrEqualTo(budget.tokens());
            assertThat((double) profile.tokensBefore(budget.endRecord() + 3)).isGreaterThan(budget.tokens());
            assertThat(budget.endRecord() % 3).isZero();
        }
        assertThat(plan.runs().getFirst().endRecord()).isGreaterThan(3L * loads.size());
    }

    @Test
    void aScheduleThatSharesPrefixesNeedsOneRunPerShapeAndSeed() {
        StudySpec spec = spec("serrano-2024", 1, List.of(1e5, 2e5));
        StudySpec twoSeeds = study("s", "c0ffee", SHAPES, List.of(1e5, 2e5), spec.recipe(), List.of(1L, 2L));
        assertThat(plan(spec, STANDARD, 4).runs())
                .hasSize(4)
                .allMatch(run -> run.budgets().size() == 2);
        List<RunSpec> runs = plan(twoSeeds, STANDARD, 4).runs();
        assertThat(runs).hasSize(8);
        assertThat(runs)
                .extracting(RunSpec::runId)
                .doesNotHaveDuplicates()
                .anyMatch(id -> id.matches("s-esm2-l1-d16-f64-h2-s2-[0-9a-f]{8}"));
        assertThat(runs).extracting(RunSpec::name).doesNotHaveDuplicates();
        assertThat(runs).extracting(run -> run.recipe().seed()).containsOnly(1L, 2L);
    }

    @Test
    void everyLearningRateIsARunOfItsOwnUnderTheRecipesSchedule() {
        for (String name : List.of("frontier-default", "serrano-2024-decay", "frontier-cosine")) {
            StudySpec spec = spec(name, 1, List.of(1.5e5, 2e5));
            StudySpec rates = StudySpecBuilder.from(
                            study("s", "c0ffee", SHAPES, spec.tokenBudgets(), spec.recipe(), List.of(1L, 2L)))
                    .learningRates(List.of(1e-3, 2.5e-3))
                    .build();
            List<RunSpec> runs = plan(rates, STANDARD, 4).runs();
            assertThat(runs).hasSize(4 * plan(spec, STANDARD, 4).runs().size());
            assertThat(runs).extracting(RunSpec::runId).doesNotHaveDuplicates();
            assertThat(runs).extracting(RunSpec::name).doesNotHaveDuplicates();
            assertThat(runs)
                    .allMatch(run -> run.recipe().schedule().getClass()
                            == spec.recipe().schedule().getClass());
            assertThat(runs.getFirst().runId()).startsWith("s-esm2-l1-d16-f64-h2-s1-r1e-3");
            assertThat(runs.getFirst().name()).contains("rate 1e-3");
            double seen = 1.2e5;
            double half = runs.getFirst().recipe().schedule().learningRate(seen) / 1e-3;
            assertThat(runs.stream().map(run -> run.recipe().schedule().learningRate(seen)))
                    .contains(half * 1e-3)
                    .anyMatch(rate -> Math.abs(rate - half * 2.5e-3) < 1e-12);
        }
        Recipe recipe = spec("serrano-2024", 1, List.of(1e5)).recipe();
        refused(
                "learningRates[1]",
                () -> StudySpecBuilder.from(study("s", "c", SHAPES, List.of(1e5), recipe, List.of(1L)))
                        .learningRates(List.of(1e-3, 0.0))
                        .build());
    }

    @Test
    void importedWeightsGoToEveryRunOfAStudyOfOneShape() {
        StudySpec spec = spec("serrano-2024", 1, List.of(1e5, 2e5));
        List<ModelShape> one = SHAPES.subList(0, 1);
        StudySpec warm = StudySpecBuilder.from(
                        study("s", "c0ffee", one, spec.tokenBudgets(), spec.recipe(), List.of(1L, 2L)))
                .initialWeights("0123456789abcdef")
                .build();
        assertThat(plan(warm, STANDARD, 4).runs())
                .hasSize(2)
                .allMatch(run -> "0123456789abcdef".equals(run.initialWeights()));
        assertThat(plan(spec, STANDARD, 4).runs()).allMatch(run -> run.initialWeights() == null);
        refused(
                "initialWeights",
                () -> StudySpecBuilder.from(study("s", "c", SHAPES, List.of(1e5), spec.recipe(), List.of(1L)))
                        .initialWeights("0123456789abcdef")
                        .build());
    }

    @Test
    void runsWithAndWithoutNormalisedQueriesAndKeysAreNotOneFamilysStudy() {
        Recipe recipe = spec("serrano-2024", 1, List.of(1e5)).recipe();
        ModelShape plain = ModelShape.modern(2, 32, 2);
        ModelShape normed = ModelShape.modern(2, 64, 4).withQkNorm();
        refused("shapes", () -> study("s", "c", List.of(plain, normed), List.of(1e5), recipe, List.of(1L)));
        List<ModelShape> apart =
                List.of(plain, ModelShape.modernCausal(2, 32, 2).withQkNorm());
        StudyPlan plan = plan(study("s", "c0ffee", apart, List.of(1e5), recipe, List.of(1L)), STANDARD, 4);
        assertThat(plan.runs())
                .extracting(RunSpec::runId)
                .satisfiesExactly(
                        id -> assertThat(id).startsWith("s-modern-l2-d32-f128-h2-s1-"),
                        id -> assertThat(id).startsWith("s-modern_causal-l2-d32-f128-h2-qk-s1-"));
    }

    @Test
    void cellsThatCostTooMuchAreLeftOutOfTheGrid() {
        StudySpec whole = spec("frontier-default", 1, List.of(1e5, 2e5, 4e5));
        double most = plan(whole, STANDARD, 4).runs().getLast().expectedFlops() / 3;
        StudySpec cut = StudySpecBuilder.from(
                        study("s", "c0ffee", SHAPES, whole.tokenBudgets(), whole.recipe(), whole.seeds()))
                .maxRunFlops(most)
                .build();
        List<RunSpec> runs = plan(cut, STANDARD, 4).runs();
        assertThat(runs).hasSameSizeAs(SHAPES).allMatch(run -> run.expectedFlops() <= most);
        assertThat(runs.getFirst().budgets()).hasSize(3);
        assertThat(runs.getLast().budgets()).hasSize(1);
        StudySpec none = StudySpecBuilder.from(study("s", "c0ffee", SHAPES, List.of(1e5), whole.recipe(), List.of(1L)))
                .maxRunFlops(1.0)
                .build();
        refused("maxRunFlops", () -> plan(none, STANDARD, 4));
    }

    @Test
    void aScheduleThatEndsAtTheBudgetNeedsARunPerBudget() {
        StudyPlan plan = plan(spec("frontier-cosine", 1, List.of(2e5, 4e5)), STANDARD, 4);
        assertThat(plan.runs()).hasSize(8);
        for (RunSpec run : plan.runs()) {
            Schedule.WarmupCosine schedule =
                    (Schedule.WarmupCosine) run.recipe().schedule();
            assertThat(run.budgets()).hasSize(1);
            assertThat(schedule.totalTokens())
                    .isEqualTo(run.budgets().getFirst().tokens());
        }
        assertThat(plan.runs()).extracting(RunSpec::name).contains("4.26K @2e5").doesNotHaveDuplicates();
        assertThat(plan.runs()).extracting(RunSpec::runId).doesNotHaveDuplicates();
    }

    @Test
    void everySizeStartsBeforeAnyRunGoesOnAndRunsAdvanceTogether() {
        StudyPlan plan = plan(spec("frontier-default", 1, List.of(9e5, 1.8e6)), STANDARD, 4);
        List<BatchJob> firsts = plan.jobs().subList(0, SHAPES.size());
        assertThat(firsts).extracting(BatchJob::slice).containsOnly(0);
        assertThat(firsts).extracting(BatchJob::expectedFlops).isSorted();
        double share = 0;
        for (BatchJob job : plan.jobs()) {
            double start = slices(plan, job.run()).stream()
                            .filter(slice -> slice.slice() < job.slice())
                            .mapToDouble(BatchJob::expectedFlops)
                            .sum()
                    / job.run().expectedFlops();
            assertThat(start).isGreaterThanOrEqualTo(share);
            share = start;
        }
    }

    @Test
    void runsGoLongestFirstToThePartitionWithTheLeastWork() {
        StudySpec spec = spec("frontier-default", 1, List.of(1e6));
        List<RunSpec> runs = plan(spec, STANDARD, 4).runs();
        Map<String, Integer> free = PartitionAssignment.assign(runs, new double[4]);
        assertThat(free.values()).doesNotHaveDuplicates();
        assertThat(free.get(runs.getLast().runId())).isZero();
        double[] busy = {1e30, 0, 1e30};
        assertThat(PartitionAssignment.assign(runs, busy).values()).containsOnly(1);
        double[] load = new double[2];
        PartitionAssignment.assign(runs, load).forEach((id, partition) -> load[partition] += 1);
        assertThat(Arrays.stream(load).min().orElseThrow()).isPositive();
    }

    @Test
    void gridsThatCannotRunAreRefusedWithTheirField() {
        refused("tokenBudgets[0]", () -> plan(spec("frontier-default", 1, List.of(100.0)), STANDARD, 4));
        refused("tokenBudgets[1]", () -> plan(spec("frontier-default", 1, List.of(1e5, 1e5 + 1)), STANDARD, 4));
        refused("tokenBudgets[0]", () -> plan(spec("frontier-cosine", 1, List.of(9e4)), STANDARD, 4));
        refused("tokenBudgets[1]", () -> spec("frontier-default", 1, List.of(2e5, 1e5)));
        refused("tokenBudgets", () -> spec("frontier-default", 1, List.of()));
        refused("tokenBudgets[0]", () -> spec("frontier-default", 1, List.of(Double.NaN)));
        Recipe recipe = FrozenRecipes.byName().get("frontier-default");
        refused("seeds", () -> study("s", "c", SHAPES, List.of(1e5), recipe, List.of(1L, 1L)));
        refused("shapes", () -> study("s", "c", List.of(), List.of(1e5), recipe, List.of(1L)));
        refused("id", () -> study("S", "c", SHAPES, List.of(1e5), recipe, List.of(1L)));
        Recipe dropping = dropping(recipe);
        List<ModelShape> mixed = List.of(SHAPES.getFirst(), ModelShape.lstm(1, 8, 8));
        refused("recipe.tokenDropout", () -> study("s", "c", mixed, List.of(1e5), dropping, List.of(1L)));
        Recipe streaming = recipe.withPrecision(Precision.BF16_RESIDUAL);
        refused("recipe.precision", () -> study("s", "c", mixed, List.of(1e5), streaming, List.of(1L)));
        assertThat(study("s", "c", SHAPES, List.of(1e5), streaming, List.of(1L)).recipe())
                .isEqualTo(streaming);
        assertThatThrownBy(() -> new Slicing(OptionalDouble.of(0), 1, 1)).hasMessageContaining("targetFlops");
    }

    @Test
    void aGridIsBoundedBeforeItIsExpanded() {
        Recipe recipe = FrozenRecipes.byName().get("frontier-default");
        List<ModelShape> shapes = new ArrayList<>();
        for (int layers = 1; layers <= 60; layers++) {
            shapes.add(ModelShape.esm2(layers, 16, 2));
        }
        List<Long> seeds = LongStream.range(0, 20_000).boxed().toList();
        List<Double> rates =
                IntStream.rangeClosed(1, 20).mapToObj(i -> i * 1e-4).toList();
        StudySpec grid = StudySpecBuilder.from(study("s", "c0ffee", shapes, List.of(1e6), recipe, seeds))
                .learningRates(rates)
                .build();
        assertThatThrownBy(() -> plan(grid, STANDARD, 4)).hasMessageContaining("are 24000000 runs, at most 2000");
        refused("tokenBudgets[0]", () -> plan(spec("frontier-default", 1, List.of(1e17)), STANDARD, 4));
        refused("tokenBudgets[1]", () -> plan(spec("frontier-cosine", 1, List.of(1e6, 1e300)), STANDARD, 4));
        List<Double> many =
                IntStream.range(0, 1001).mapToObj(i -> 1e6 + 1e5 * i).toList();
        refused("tokenBudgets", () -> plan(spec("frontier-default", 1, many), STANDARD, 4));
        List<ModelShape> huge = List.of(ModelShape.esm2(2_000_000_000, 65536, 512));
        refused("shapes[0]", () -> plan(study("s", "c0ffee", huge, List.of(1e6), recipe, List.of(1L)), STANDARD, 4));
    }

    @Test
    void whatNoTrainerCanHoldIsRefusedWithBothSizes() {
        ModelShape large = ModelShape.esm2(36, 2560, 40);
        StudySpec spec = study(
                "s",
                "c0ffee",
                List.of(SHAPES.getFirst(), large),
                List.of(1e6),
                FrozenRecipes.byName().get("frontier-default"),
                List.of(1L));
        Slicing small =
                new Slicing(OptionalDouble.empty(), 24, 200, SliceTime.unbounded(), OptionalLong.of(24_000_000_000L));
        assertThatThrownBy(() -> small.requireFits(spec))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("shapes[1]"))
                .hasMessageContaining("parameters: weights, gradients and two moments take at least 45.")
                .hasMessageContaining("trainers have 24.0 GB");
        new Slicing(OptionalDouble.empty(), 24, 200, SliceTime.unbounded(), OptionalLong.of(80_000_000_000L))
                .requireFits(spec);
        STANDARD.requireFits(spec);
    }

    @Test
    void runsAreCalledByTheirOwnNameOrByTheirParameters() {
        assertThat(RunNames.label(ModelShape.causal(24, 1024, 16))).isEqualTo("RITA-M");
        assertThat(RunNames.label(ModelShape.causal(4, 128, 4))).isEqualTo("causal-810K");
        assertThat(RunNames.label(ModelShape.lstm(3, 24, 32))).isEqualTo("LSTM-49.7K");
        assertThat(RunNames.label(ModelShape.esm2(4, 320, 20))).isEqualTo("5M");
        assertThat(RunNames.label(ModelShape.modern(4, 320, 20))).isEqualTo("modern-5M");
        assertThat(RunNames.label(ModelShape.modern(4, 320, 20).withQkNorm())).isEqualTo("modern-5.10M-qk");
        assertThat(RunNames.label(ModelShape.modernCausal(2, 32, 2))).isEqualTo("modern-causal-34.6K");
        assertThat(RunNames.label(ModelShape.esm2(4, 128, 4))).isEqualTo("810K");
        assertThat(RunNames.amount(1_500_000)).isEqualTo("1.5e6");
        assertThat(RunNames.amount(1e6)).isEqualTo("1e6");
        assertThat(RunNames.amount(200_000)).isEqualTo("2e5");
    }

    private static void refused(String field, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static List<Integer> range(int size) {
        List<Integer> range = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            range.add(i);
        }
        return range;
    }

    private static List<BatchJob> slices(StudyPlan plan, RunSpec run) {
        return plan.jobs().stream().filter(job -> job.run().equals(run)).collect(Collectors.toList());
    }

    private StudyPlan plan(StudySpec spec, Slicing slicing, int partitions) {
        return StudyPlan.of(spec, Profiles.corpus(loads), Profiles.profile(loads), slicing, new double[partitions]);
    }

    private static StudySpec spec(String recipe, int step, List<Double> budgets) {
        Recipe frozen = FrozenRecipes.byName().get(recipe);
        Recipe stepped = RecipeBuilder.builder()
                .name(frozen.name())
                .schedule(frozen.schedule())
                .optimizer(frozen.optimizer())
                .masking(frozen.masking())
                .tokenDropout(frozen.tokenDropout())
                .recordsPerStep(step)
                .precision(frozen.precision())
                .deterministic(frozen.deterministic())
                .seed(frozen.seed())
                .threads(frozen.threads())
                .build();
        return study("s", "c0ffee", SHAPES, budgets, stepped, List.of(1L));
    }

    private static Recipe dropping(Recipe recipe) {
        return RecipeBuilder.builder()
                .name(recipe.name())
                .schedule(recipe.schedule())
                .optimizer(recipe.optimizer())
                .masking(recipe.masking())
                .tokenDropout(true)
                .recordsPerStep(recipe.recordsPerStep())
                .precision(recipe.precision())
                .deterministic(recipe.deterministic())
                .seed(recipe.seed())
                .threads(recipe.threads())
                .build();
    }

    private static StudySpec study(
            String id, String corpus, List<ModelShape> shapes, List<Double> budgets, Recipe recipe, List<Long> seeds) {
        return StudySpecBuilder.builder()
                .id(id)
                .corpus(corpus)
                .shapes(shapes)
                .tokenBudgets(budgets)
                .recipe(recipe)
                .seeds(seeds)
                .build();
    }
}
