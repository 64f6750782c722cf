package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.network.Attention;

class CapabilitiesTest {
    private final Capabilities cpu = new Capabilities(false, false, Map.of());
    private final Capabilities gpu = new Capabilities(true, true, Map.of());
    private final Capabilities tf32 = new Capabilities(true, true, Map.of(Capabilities.TF32, "1"));
    private final Capabilities repeatable = new Capabilities(true, true, Map.of(Capabilities.WORKSPACE, ":4096:8"));

    @Test
    void aCpuHasNoTf32() {
        assertThatCode(() -> cpu.require(settings(Precision.FP32, true))).doesNotThrowAnyException();
        assertThatCode(() -> cpu.require(settings(Precision.BF16, false))).doesNotThrowAnyException();
        assertThatCode(() -> cpu.require(settings(Precision.BF16_RESIDUAL, true)))
                .doesNotThrowAnyException();
        assertRefused(cpu, settings(Precision.TF32, false), "recipe.precision TF32");
    }

    @Test
    void aBfloat16StreamNeedsAStream() {
        ModelSettings lstm = new ModelSettings(ModelShape.lstm(1, 8, 8), Optimizer.adamW());
        for (Capabilities device : List.of(cpu, gpu, tf32)) {
            assertThatCode(() -> device.require(lstm.withPrecision(Precision.BF16)))
                    .doesNotThrowAnyException();
            assertRefused(
                    device,
                    lstm.withPrecision(Precision.BF16_RESIDUAL),
                    "recipe.precision BF16_RESIDUAL refused: LSTM has no residual stream");
        }
    }

    @Test
    void aGpuProcessHasEitherExactProductsOrTf32AndSaysWhichVariableDecides() {
        assertThatCode(() -> gpu.require(settings(Precision.FP32, false))).doesNotThrowAnyException();
        assertThatCode(() -> tf32.require(settings(Precision.TF32, false))).doesNotThrowAnyException();
        for (Precision half : List.of(Precision.BF16, Precision.BF16_RESIDUAL)) {
            assertThatCode(() -> tf32.require(settings(half, false))).doesNotThrowAnyException();
            assertThatCode(() -> gpu.require(settings(half, false))).doesNotThrowAnyException();
        }
        assertRefused(gpu, settings(Precision.TF32, false), "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE not set to 1");
        assertRefused(tf32, settings(Precision.FP32, false), "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1");
    }

    @Test
    void aDeterministicRunOnAGpuNeedsAFixedWorkspaceAndPlainAttention() {
        assertRefused(gpu, settings(Precision.BF16, true), "recipe.deterministic true");
        assertThatCode(() -> repeatable.require(settings(Precision.BF16, true))).doesNotThrowAnyException();
        assertThat(repeatable.attention(settings(Precision.BF16, true))).isEqualTo(Attention.PLAIN);
        assertThat(repeatable.readingAttention(settings(Precision.BF16, true))).isEqualTo(Attention.PLAIN);
        assertThat(repeatable.attention(settings(Precision.BF16, false))).isEqualTo(Attention.PACKED);
        assertThat(cpu.attention(settings(Precision.FP32, true))).isEqualTo(Attention.FUSED_FLOAT32);
    }

    /** The kernel of variable length takes 16-bit numbers, and its backward pass adds in any order. */
    @Test
    void rowsArePackedForBf16OnAGpuThatHasTheKernelAndNowhereElse() {
        Capabilities without = new Capabilities(true, false, Map.of());
        for (Family family : Family.values()) {
            ModelSettings bf16 = new ModelSettings(TinyShapes.of(family), Optimizer.adamW(), Precision.BF16, false);
            assertThat(gpu.attention(bf16)).isEqualTo(family == Family.LSTM ? Attention.FUSED : Attention.PACKED);
            assertThat(gpu.readingAttention(bf16)).isEqualTo(Attention.FUSED);
            assertThat(without.attention(bf16)).isEqualTo(Attention.FUSED);
            assertThat(cpu.attention(bf16)).isEqualTo(Attention.FUSED_FLOAT32);
        }
        assertThat(gpu.attention(settings(Precision.FP32, false))).isEqualTo(Attention.FUSED);
        assertThat(tf32.attention(settings(Precision.TF32, false))).isEqualTo(Attention.FUSED);
        assertThat(gpu.attention(settings(Precision.BF16_RESIDUAL, false))).isEqualTo(Attention.PACKED);
        ModelSettings wideHeads =
                new ModelSettings(ModelShape.esm2(1, 200, 1), Optimizer.adamW(), Precision.BF16, false);
        assertThat(gpu.attention(wideHeads)).isEqualTo(Attention.FUSED);
    }

    private static void assertRefused(Capabilities capabilities, ModelSettings settings, String reason) {
        assertThatThrownBy(() -> capabilities.require(settings))
                .isInstanceOf(UnsupportedRecipeException.class)
                .hasMessageContaining(reason);
    }

    private static ModelSettings settings(Precision precision, boolean deterministic) {
        return new ModelSettings(ModelShape.esm2(1, 8, 2), Optimizer.adamW(), precision, deterministic);
    }
}
