package org.plmfrontier.trainer.djl;

import java.util.Map;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;

/**
 * What a process can compute on a device. libtorch reads TF32 and the workspace of cuBLAS from the environment when it
 * starts, and TorchScript has no operator for either: a process has one answer for all its runs.
 *
 * @param gpu whether the device is a GPU
 * @param packs whether it has attention of variable length
 * @param environment the process's environment
 */
record Capabilities(boolean gpu, boolean packs, Map<String, String> environment) {
    static final String TF32 = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";
    static final String WORKSPACE = "CUBLAS_WORKSPACE_CONFIG";

    Capabilities {
        environment = Map.copyOf(environment);
    }

    /**
     * Refuses what this process would not compute as asked.
     *
     * @throws UnsupportedRecipeException with the recipe's field
     */
    void require(ModelSettings settings) {
        Precision precision = settings.precision();
        if (!gpu && precision == Precision.TF32) {
            throw new UnsupportedRecipeException(
                    "recipe.precision", precision, "the device cpu has FP32, BF16 and BF16_RESIDUAL only");
        }
        if (precision == Precision.BF16_RESIDUAL
                && !settings.shape().architecture().residualStream()) {
            throw new UnsupportedRecipeException(
                    "recipe.precision",
                    precision,
                    settings.shape().family() + " has no residual stream; BF16 needs none");
        }
        boolean tf32 = "1".equals(environment.get(TF32));
        if (gpu && !precision.multipliesInBf16() && tf32 != (precision == Precision.TF32)) {
            throw new UnsupportedRecipeException(
                    "recipe.precision", precision, "this process has " + TF32 + (tf32 ? "=1" : " not set to 1"));
        }
        if (gpu && settings.deterministic() && !environment.containsKey(WORKSPACE)) {
            throw new UnsupportedRecipeException(
                    "recipe.deterministic", true, "this process has no " + WORKSPACE + " (:4096:8 or :16:8)");
        }
    }

    /**
     * The fused kernel's backward pass adds in any order on a GPU; on a CPU its bfloat16 form is slower than float32. The one of
     * variable length takes 16-bit numbers only.
     */
    Attention attention(ModelSettings settings) {
        if (!gpu) {
            return Attention.FUSED_FLOAT32;
        }
        if (settings.deterministic()) {
            return Attention.PLAIN;
        }
        boolean packed = packs
                && settings.precision().multipliesInBf16()
                && Networks.of(settings.shape()).attends()
                && settings.shape().keySize() <= VariableLengthKernel.MOST_CHANNELS;
        return packed ? Attention.PACKED : Attention.FUSED;
    }

    /** Of models that are only read, whose batches are padded. */
    Attention readingAttention(ModelSettings settings) {
        Attention attention = attention(settings);
        return attention == Attention.PACKED ? Attention.FUSED : attention;
    }
}
