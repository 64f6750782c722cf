package org.plmfrontier.trainer.transformer;

import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.BatchSize;

/**
 * Memory of a step, in float32 numbers. Kept per token of a layer: input, norm, query-key-value product (3), rotated query
 * and key (2), attention, sum, norm, and two for what the allocator holds between tensors (each {@code dModel} wide), and the
 * feed-forward block before and after GELU.
 */
final class TransformerMemory {
    private static final int KEPT_WIDTHS = 12;
    private static final int KEPT_FFN_WIDTHS = 2;
    /** Sums stay float32 (2), and so does what the allocator holds of them; the rest is half as wide. */
    private static final int KEPT_WIDTHS_IN_BF16 = 9;

    /** Nothing of a layer is float32; what the allocator holds is counted as in BF16. */
    private static final int KEPT_WIDTHS_IN_BF16_RESIDUAL = 7;

    private static final int KEPT_FFN_WIDTHS_IN_BF16 = 1;
    private static final int PASSING_WIDTHS = 12;
    private static final int PASSING_FFN_WIDTHS = 3;
    private static final int HEAD_WIDTHS = 12;
    private static final int SCORE_COPIES = 6;

    private TransformerMemory() {}

    static double numbers(ModelShape shape, Precision precision, BatchSize batch, boolean plainAttention) {
        int widths = switch (precision) {
            case FP32, TF32 -> KEPT_WIDTHS;
            case BF16 -> KEPT_WIDTHS_IN_BF16;
            case BF16_RESIDUAL -> KEPT_WIDTHS_IN_BF16_RESIDUAL;
        };
        int ffnWidths = precision.multipliesInBf16() ? KEPT_FFN_WIDTHS_IN_BF16 : KEPT_FFN_WIDTHS;
        double kept = shape.layers() * (widths * (double) shape.dModel() + ffnWidths * shape.ffnSize());
        double d = shape.dModel();
        double ffn = shape.ffnSize();
        double passing = PASSING_WIDTHS * d + PASSING_FFN_WIDTHS * ffn;
        double scores = plainAttention ? (double) SCORE_COPIES * shape.layers() * shape.heads() * batch.columns() : 0;
        double tokens = batch.tokens();
        return tokens * (kept + passing + scores) + HEAD_WIDTHS * d * batch.selected();
    }
}
