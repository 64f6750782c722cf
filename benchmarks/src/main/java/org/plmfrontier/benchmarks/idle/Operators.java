package org.plmfrontier.benchmarks.idle;

/**
 * How many operators are launched, as {@code StepOperatorsTest} counts them of the encoder in bfloat16; before the step was one
 * call, 91 of a layer and 68 others were counted.
 */
final class Operators {
    static final int ARRANGE_PER_LAYER = 14;
    static final int APPLY = 14;
    static final int COPIES_BEFORE = 5;
    static final double MEMORY_BYTES_PER_SECOND = 2.5e12;

    private static final int PER_LAYER = 48;
    private static final int OTHERS = 56;
    /** Gradients that bfloat16 rounds are added to float32 ones tensor by tensor. */
    private static final int GRADIENTS_PER_LAYER = 12;

    private static final int PER_LAYER_BEFORE = 91;
    private static final int OTHERS_BEFORE = 68;
    private static final int TENSORS_PER_LAYER = 16;
    private static final int EVALUATE_PER_LAYER = 20;
    private static final int EVALUATE_OTHERS = 40;

    private Operators() {}

    static int micro(int layers) {
        return (PER_LAYER + GRADIENTS_PER_LAYER) * layers + OTHERS;
    }

    static int microBefore(int layers) {
        return PER_LAYER_BEFORE * layers + OTHERS_BEFORE;
    }

    static int zeroBefore(int layers) {
        return TENSORS_PER_LAYER * layers;
    }

    static int evaluate(int layers) {
        return EVALUATE_PER_LAYER * layers + EVALUATE_OTHERS;
    }
}
