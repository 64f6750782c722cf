package org.plmfrontier.trainer.transformer;

import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.batch.PaddedBatch;

/**
 * Memory of a step, in float32 numbers. Kept per token of a layer: input, norm, query-key-value product (3), rotated query
 * and key (2), attention, sum, norm, and two for what the allocator holds between tensors (each {@code dModel} wide), and the
 * feed-forward block before and after GELU.
 */
final class TransformerMemory {
    private static final int KEPT_WIDTHS = 12;
    private static final int PASSING_WIDTHS = 12;
    private static final int PASSING_FFN_WIDTHS = 3;
    private static final int HEAD_WIDTHS = 12;
    private static final int SCORE_COPIES = 6;

    private TransformerMemory() {}

    static double numbers(ModelShape shape, PaddedBatch batch, boolean plainAttention) {
        double d = shape.dModel();
        double ffn = shape.ffnSize();
        double kept = shape.layers() * (KEPT_WIDTHS * d + 2 * ffn);
        double passing = PASSING_WIDTHS * d + PASSING_FFN_WIDTHS * ffn;
        double scores = plainAttention ? (double) SCORE_COPIES * shape.layers() * shape.heads() * batch.columns() : 0;
        double tokens = (double) batch.rows() * batch.columns();
        return tokens * (kept + passing + scores) + HEAD_WIDTHS * d * batch.selected().length;
    }
}
