package org.plmfrontier.contracts.model;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * Forward FLOPs of one sequence, term by term as in Serrano et al. 2024, Table 5. All counts are exact integers for
 * sequences up to many millions of tokens; overflow throws {@link ArithmeticException}. A causal decoder is counted like
 * an encoder, with the full square of scores, as the published causal fits do; a kernel that skips the masked half does
 * less.
 *
 * @param embedding 2 S V d
 * @param projections all layers: query, key, value and output projections, 8 S d d; of an LSTM, the input weights of its
 *     gates, 16 S h in
 * @param attention all layers: query-key scores and value reduction, 4 S S d
 * @param softmax all layers: 3 heads S S
 * @param feedForward all layers: 4 S d ffn
 * @param head 2 S (d d + d V); of an LSTM 4 S h V
 * @param recurrence of an LSTM, the recurrent weights of its gates, 16 S h h per layer; else 0
 */
public record FlopCount(
        long embedding, long projections, long attention, long softmax, long feedForward, long head, long recurrence) {

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

    /** Table 5 summed over the sequences of a load: every term is linear in S or in S squared. */
    public static FlopCount forward(ModelShape shape, SequenceLoad load) {
        if (!shape.family().transformer()) {
            return LstmCount.forward(shape, load.tokens());
        }
        long d = shape.dModel();
        long layers = shape.layers();
        long tokens = load.tokens();
        long squares = load.tokensSquared();
        return new FlopCount(
                Math.multiplyExact(2 * Vocabulary.SIZE * d, tokens),
                Math.multiplyExact(layers * 8 * d * d, tokens),
                Math.multiplyExact(layers * 4 * d, squares),
                Math.multiplyExact(layers * 3 * shape.heads(), squares),
                Math.multiplyExact(layers * 4 * d * shape.ffnSize(), tokens),
                Math.multiplyExact(2 * (d * d + d * Vocabulary.SIZE), tokens),
                0);
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
        long linear = Math.addExact(Math.addExact(embedding, projections), Math.addExact(feedForward, head));
        return Math.addExact(Math.addExact(linear, recurrence), Math.addExact(attention, softmax));
    }
}
