package org.plmfrontier.contracts.recipe;

/**
 * How matrix products are computed, and what layers hand on. Weights, moments, softmax, the last norm and the loss are 32-bit floats
 * in each of them; what stands between the layers is, too, but for BF16_RESIDUAL.
 */
public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /** Products of 32-bit floats with inputs rounded to 10 bits of mantissa; NVIDIA GPUs from Ampere on. */
    TF32,
    /** Inputs of products rounded to bfloat16, sums in 32 bits; master weights in 32 bits. */
    BF16,
    /**
     * As BF16, and the residual stream between layers is bfloat16, with norms of it whose statistics are in 32 bits; not for
     * LSTM, which has none.
     */
    BF16_RESIDUAL;

    /** Whether inputs of products are rounded to bfloat16. */
    public boolean multipliesInBf16() {
        return this == BF16 || this == BF16_RESIDUAL;
    }
}
