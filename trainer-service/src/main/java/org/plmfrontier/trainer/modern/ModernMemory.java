package org.plmfrontier.trainer.modern;

import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.BatchSize;

/**
 * Memory of a step, in float32 numbers. Kept per token of a layer: two norms with what they divide by left in (2 each), two
 * sums, query-key-value product (3), rotated query and key (2), attention, and two for what the allocator holds between
 * tensors (each {@code dModel} wide); with QK-norm query and key twice more; and of the feed-forward block gate, values, the
 * gate behind its function and their product.
 */
final class ModernMemory {
    private static final int KEPT_WIDTHS = 14;
    private static final int QK_NORM_WIDTHS = 4;
    private static final int KEPT_FFN_WIDTHS = 4;
    /** Sums and norms stay float32, with what they take in, as does what the allocator holds of them; the rest is half as wide. */
    private static final int KEPT_WIDTHS_IN_BF16 = 15;

    /** Norms are float32 within, which is most of it; sums are not. */
    private static final int KEPT_WIDTHS_IN_BF16_RESIDUAL = 13;

    private static final int KEPT_FFN_WIDTHS_IN_BF16 = 2;
    private static final int PASSING_WIDTHS = 12;
    private static final int PASSING_FFN_WIDTHS = 4;
    private static final int HEAD_WIDTHS = 12;
    private static final int SCORE_COPIES = 6;

    private ModernMemory() {}

    static double numbers(ModelShape shape, Precision precision, BatchSize batch, boolean plainAttention) {
        double kept = switch (precision) {
            case FP32, TF32 -> kept(shape, KEPT_WIDTHS, KEPT_FFN_WIDTHS);
            case BF16 -> kept(shape, KEPT_WIDTHS_IN_BF16, KEPT_FFN_WIDTHS_IN_BF16);
            case BF16_RESIDUAL -> kept(shape, KEPT_WIDTHS_IN_BF16_RESIDUAL, KEPT_FFN_WIDTHS_IN_BF16);
        };
        return numbers(shape, batch, plainAttention, kept);
    }

    private static double kept(ModelShape shape, int widths, int ffnWidths) {
        int all = widths + (shape.normalisesQueriesAndKeys() ? QK_NORM_WIDTHS : 0);
        return shape.layers() * ((double) all * shape.dModel() + (double) ffnWidths * shape.ffnSize());
    }

    /**
     * The whole.
     *
     * @param kept of each token
     */
    private static double numbers(ModelShape shape, BatchSize batch, boolean plainAttention, double kept) {
        double d = shape.dModel();
        double ffn = shape.ffnSize();
        double passing = PASSING_WIDTHS * d + PASSING_FFN_WIDTHS * ffn;
        double scores = plainAttention ? (double) SCORE_COPIES * shape.layers() * shape.heads() * batch.columns() : 0;
        double tokens = batch.tokens();
        return tokens * (kept + passing + scores) + HEAD_WIDTHS * d * batch.selected();
    }
}
