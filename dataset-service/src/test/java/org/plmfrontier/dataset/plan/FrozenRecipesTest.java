package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;

class FrozenRecipesTest {
    @Test
    void thePaperAndTheFrontierRecipesKeepTheirNumbers() {
        Recipe paper = FrozenRecipes.byName().get("serrano-2024");
        assertThat(paper.schedule()).isEqualTo(new Schedule.Constant(1e-5, 0));
        assertThat(paper.optimizer().decay()).hasToString("L2");
        assertThat(FrozenRecipes.byName().get("serrano-2024-decay").schedule().learningRate(1e6))
                .isEqualTo(1e-5 * 0.999);
        assertThat(FrozenRecipes.byName().get("frontier-default").schedule().learningRate(5e4))
                .isEqualTo(1.5e-3);
        assertThat(FrozenRecipes.byName())
                .allSatisfy((name, recipe) -> assertThat(recipe.name()).isEqualTo(name));
    }
}
