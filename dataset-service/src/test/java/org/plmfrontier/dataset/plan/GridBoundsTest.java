package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;

class GridBoundsTest {
    /** In float32 each of n devices needs 8 + 8 / n bytes per parameter, in bfloat16 6 + 10 / n, alone 16. */
    @Test
    void shardsSpreadTheMemoryOfARun() {
        ModelShape shape = ModelShape.esm2(4, 256, 8);
        double parameters = ParameterCount.of(shape).exact();
        Recipe alone = FrozenRecipes.byName().get("frontier-default").withPrecision(Precision.FP32);
        assertThat(GridBounds.leastBytes(shape, alone) / parameters).isEqualTo(16);
        assertThat(GridBounds.leastBytes(shape, alone.withShards(8)) / parameters)
                .isEqualTo(9);
        assertThat(GridBounds.leastBytes(shape, alone.withShards(8).withPrecision(Precision.BF16)) / parameters)
                .isEqualTo(7.25);
        assertThat(GridBounds.eachOf(alone)).isEmpty();
        assertThat(GridBounds.eachOf(alone.withShards(8))).isEqualTo(" of each of 8 devices");
    }
}
