package org.plmfrontier.contracts.model;

/**
 * Forward FLOPs of one sequence or of a load, term by term as in Serrano et al. 2024, Table 5. All counts are exact integers
 * for sequences up to many millions of tokens; overflow throws {@link ArithmeticException}. The formula of each term stands
 * with the {@link Architecture}.
 *
 * @param embedding the look-up counted as a product with one-hot rows, 2 S V d
 * @param layers all layers
 * @param head what makes logits of the last layer's output
 */
public record FlopCount(long embedding, LayerFlops layers, long head) {

    /** A training step costs the forward pass and a backward pass of twice that (Table 5, caption). */
    public static final int TRAINING_OVER_FORWARD = 3;

    /**
     * Table 5 for one sequence.
     *
     * @param length tokens of the sequence, START and END included
     */
    public static FlopCount forward(ModelShape shape, long length) {
        return forward(shape, new SequenceLoad(1, length, Math.multiplyExact(length, length)));
    }

    /** Table 5 summed over the sequences of a load. */
    public static FlopCount forward(ModelShape shape, SequenceLoad load) {
        return shape.architecture().forward(shape, load);
    }

    /** FLOPs of a training step over the load: three times the forward total. */
    public static long training(ModelShape shape, SequenceLoad load) {
        return Math.multiplyExact(TRAINING_OVER_FORWARD, forward(shape, load).total());
    }

    /** The rule of thumb 6 N D, only ever quoted beside the exact count. */
    public static double sixNd(ModelShape shape, double tokens) {
        return 6.0 * ParameterCount.of(shape).table6() * tokens;
    }

    /** Sum of all terms. */
    public long total() {
        return Math.addExact(Math.addExact(embedding, head), layers.total());
    }
}
