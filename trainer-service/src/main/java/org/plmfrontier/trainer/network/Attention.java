package org.plmfrontier.trainer.network;

/** How a script computes attention; what each device takes is for the engine to say. */
public enum Attention {
    /** The fused kernel in the precision of the products, over padded rows. */
    FUSED,
    /** The fused kernel in float32, whatever the products take: on a CPU its bfloat16 form is the slower one. */
    FUSED_FLOAT32,
    /**
     * The fused kernel of variable length, over rows one behind the other without PAD, in the precision of the products. CUDA
     * alone has it, for 16 bits; on a CPU it is computed row by row, which tests compare with padded rows.
     */
    PACKED,
    /** Plain products: the same bits at every run where the fused kernel's backward pass adds in any order, as on GPUs. */
    PLAIN
}
