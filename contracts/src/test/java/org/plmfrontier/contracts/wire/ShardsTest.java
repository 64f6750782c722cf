package org.plmfrontier.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;

/** A recipe for several devices beside one from before there were such. */
class ShardsTest {
    private static final Recipe RECIPE = RecipeBuilder.builder()
            .name("r")
            .schedule(new Schedule.Constant(1e-3, 0))
            .optimizer(Optimizer.adamW())
            .masking(Masking.BERT)
            .tokenDropout(false)
            .recordsPerStep(8)
            .precision(Precision.FP32)
            .deterministic(false)
            .seed(1)
            .threads(1)
            .build();

    @Test
    void shardsAreWrittenOnlyWhereThereAreSome() throws UndecodableException {
        byte[] without = WireFormat.encode(RECIPE);
        assertThat(new String(without, StandardCharsets.UTF_8)).doesNotContain("shards", "gradientShards");
        assertThat(WireFormat.decode(without, Recipe.class)).isEqualTo(RECIPE);
        byte[] with = WireFormat.encode(RECIPE.withShards(8));
        assertThat(new String(with, StandardCharsets.UTF_8)).contains("\"shards\":8");
        assertThat(WireFormat.decode(with, Recipe.class).gradientShards()).isEqualTo(8);
    }

    @Test
    void theyStayThroughOtherChangesAndOneShardIsNone() throws UndecodableException {
        Recipe eight = RECIPE.withShards(8);
        assertThat(eight.withSeed(2).withPrecision(Precision.BF16).withSchedule(new Schedule.Constant(2e-3, 0)))
                .extracting(Recipe::gradientShards)
                .isEqualTo(8);
        assertThat(eight.withShards(1)).isEqualTo(RECIPE);
        byte[] one = new String(WireFormat.encode(eight), StandardCharsets.UTF_8)
                .replace("\"shards\":8", "\"shards\":1")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(WireFormat.decode(one, Recipe.class)).isEqualTo(RECIPE);
        assertThat(RECIPE.gradientShards()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, 3, 12, 128})
    void otherNumbersAreRefused(int shards) {
        assertThatThrownBy(() -> RECIPE.withShards(shards))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shards must be a power of two from 1 to 64, got " + shards);
    }
}
