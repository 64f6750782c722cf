package org.plmfrontier.trainer.batch;

import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;

/**
 * Upper estimate of the memory that forward and backward of a batch need beside weights, moments and gradients: what autograd
 * keeps of each layer, and what the layer in hand needs on its way back. Counted in float32; bfloat16 needs less. Copies of
 * the weights and fresh gradients, {@link #perModel}, come on top whatever the batch's size.
 *
 * <p>Kept per token of a transformer layer: input, norm, query-key-value product (3), rotated query and key (2), attention,
 * sum, norm, and two for what the allocator holds between tensors (each {@code dModel} wide), and the feed-forward block
 * before and after GELU. Of an LSTM layer and direction:
 * gates, cell and hidden state and the workspace of oneDNN. A test holds the estimate against the process's peak.
 */
public final class ActivationMemory {
    private static final int KEPT_WIDTHS = 12;
    private static final int PASSING_WIDTHS = 12;
    private static final int PASSING_FFN_WIDTHS = 3;
    private static final int LSTM_WIDTHS = 16;
    private static final int HEAD_WIDTHS = 12;
    private static final int SCORE_COPIES = 6;

    private ActivationMemory() {}

    /**
     * Bytes for a batch.
     *
     * @param plainAttention whether scores of all pairs are kept, which the fused kernel avoids
     */
    public static long bytes(ModelShape shape, PaddedBatch batch, boolean plainAttention) {
        long tokens = (long) batch.rows() * batch.columns();
        double numbers = shape.family().transformer()
                ? transformer(shape, tokens, batch.columns(), plainAttention)
                : lstm(shape, tokens);
        numbers += (double) HEAD_WIDTHS * batch.selected().length * shape.dModel();
        return (long) (numbers * Float.BYTES);
    }

    /** Bytes that a step needs for rearranged weights and for gradients before they are gathered. */
    public static long perModel(ModelShape shape) {
        return 2 * Float.BYTES * ParameterCount.of(shape).exact();
    }

    private static double transformer(ModelShape shape, long tokens, long columns, boolean plainAttention) {
        double d = shape.dModel();
        double ffn = shape.ffnSize();
        double kept = shape.layers() * (KEPT_WIDTHS * d + 2 * ffn);
        double passing = PASSING_WIDTHS * d + PASSING_FFN_WIDTHS * ffn;
        double scores = plainAttention ? (double) SCORE_COPIES * shape.layers() * shape.heads() * columns : 0;
        return tokens * (kept + passing + scores);
    }

    private static double lstm(ModelShape shape, long tokens) {
        return tokens * (4.0 * shape.dModel() + 2.0 * LSTM_WIDTHS * shape.layers() * shape.ffnSize());
    }
}
