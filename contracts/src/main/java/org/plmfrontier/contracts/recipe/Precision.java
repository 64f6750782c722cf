package org.plmfrontier.contracts.recipe;

/** How matrix products are computed. Weights, moments, softmax, norms and the loss are 32-bit floats in each of them. */
public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /** Products of 32-bit floats with inputs rounded to 10 bits of mantissa; NVIDIA GPUs from Ampere on. */
    TF32,
    /** Inputs of products rounded to bfloat16, sums in 32 bits; master weights in 32 bits. */
    BF16
}
