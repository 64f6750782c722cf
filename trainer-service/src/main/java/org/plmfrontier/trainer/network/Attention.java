package org.plmfrontier.trainer.network;

/** How a script computes attention; what each device takes is for the engine to say. */
public enum Attention {
    /** The fused kernel in the precision of the products. */
    FUSED,
    /** The fused kernel in float32, whatever the products take: on a CPU its bfloat16 form is the slower one. */
    FUSED_FLOAT32,
    /** Plain products: the same bits at every run where the fused kernel's backward pass adds in any order, as on GPUs. */
    PLAIN
}
