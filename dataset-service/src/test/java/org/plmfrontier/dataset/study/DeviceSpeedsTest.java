package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;

class DeviceSpeedsTest {
    private static final Recipe RECIPE = FrozenRecipes.byName().get("frontier-default");
    private static final ModelShape SMALL = ModelShape.esm2(1, 16, 2);
    private static final ModelShape LARGE = ModelShape.esm2(4, 128, 4);

    private final DeviceSpeeds speeds = new DeviceSpeeds();
    private final Map<String, RunSpec> runs = new HashMap<>();
    private int lookups;

    @Test
    void nothingIsKnownBeforeAStep() {
        assertThat(speeds.at(run("a", SMALL, RECIPE), this::find)).isEmpty();
    }

    @Test
    void theMedianOfTheLastStepsCountsSoThatAStallDoesNot() {
        RunSpec run = run("a", SMALL, RECIPE);
        steps("a", 20, 1_000);
        steps("a", 8, 1);
        assertThat(speeds.at(run, this::find)).hasValue(50_000);
        steps("a", 33, 2_000);
        assertThat(speeds.at(run, this::find)).as("it follows").hasValue(100_000);
    }

    @Test
    void theSameShapeComesBeforeTheNearestSize() {
        run("small", SMALL, RECIPE);
        run("large", LARGE, RECIPE);
        steps("small", 3, 1_000);
        steps("large", 3, 9_000);
        assertThat(speeds.at(run("x", SMALL, RECIPE), this::find)).hasValue(50_000);
        assertThat(speeds.at(run("y", ModelShape.esm2(4, 96, 4), RECIPE), this::find))
                .hasValue(450_000);
    }

    @Test
    void anotherPrecisionSaysNothing() {
        run("a", SMALL, RECIPE);
        steps("a", 3, 1_000);
        for (Precision other : List.of(Precision.BF16, Precision.BF16_RESIDUAL)) {
            assertThat(speeds.at(run("b", SMALL, RECIPE.withPrecision(other)), this::find))
                    .isEmpty();
        }
    }

    @Test
    void aBfloat16StreamIsAtLeastAsFastAsBfloat16Products() {
        Recipe products = RECIPE.withPrecision(Precision.BF16);
        Recipe stream = RECIPE.withPrecision(Precision.BF16_RESIDUAL);
        run("a", SMALL, products);
        steps("a", 3, 1_000);
        assertThat(speeds.at(run("b", SMALL, stream), this::find)).hasValue(50_000);
        run("b", LARGE, stream);
        steps("b", 3, 9_000);
        assertThat(speeds.at(run("c", SMALL, stream), this::find)).as("its own").hasValue(450_000);
        assertThat(speeds.at(run("d", LARGE, products), this::find))
                .as("not the other way")
                .hasValue(50_000);
    }

    @Test
    void runsOfOtherStudiesThatAreGoneAndStepsWithoutASpeedSayNothing() {
        steps("gone", 3, 1_000);
        run("a", SMALL, RECIPE);
        steps("a", 1, 0);
        assertThat(speeds.at(run("b", SMALL, RECIPE), this::find)).isEmpty();
    }

    @Test
    void aMeasuredRunIsLookedUpOnceHoweverManyRunsArePlanned() {
        run("a", SMALL, RECIPE);
        steps("a", 3, 1_000);
        for (int i = 0; i < 300; i++) {
            assertThat(speeds.at(run("x", LARGE, RECIPE), this::find)).hasValue(50_000);
        }
        assertThat(lookups).isEqualTo(1);
    }

    private Optional<RunSpec> find(String id) {
        lookups++;
        return Optional.ofNullable(runs.get(id));
    }

    private RunSpec run(String id, ModelShape shape, Recipe recipe) {
        RunSpec run = RunSpecBuilder.builder()
                .studyId("s")
                .runId(id)
                .name(id)
                .shape(shape)
                .recipe(recipe)
                .corpus(Profiles.corpus(Profiles.loads(20, 3)))
                .budgets(List.of(new RunSpec.Budget(1e4, 10)))
                .expectedFlops(1e9)
                .build();
        runs.put(id, run);
        return run;
    }

    /** Steps of a run that takes 50 FLOPs per token. */
    private void steps(String id, int count, double tokensPerSecond) {
        for (int step = 1; step <= count; step++) {
            speeds.add(new StepCompleted(
                    "s", id, step, 100 * step, 5_000 * step, 6_000 * step, 3, 1e-3, 1, tokensPerSecond, Instant.EPOCH));
        }
    }
}
