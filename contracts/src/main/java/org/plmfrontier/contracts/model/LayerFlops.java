package org.plmfrontier.contracts.model;

/**
 * Forward FLOPs of all layers together.
 *
 * @param projections query, key, value and output projections; of an LSTM, the input weights of its gates
 * @param attention query-key scores and value reduction, quadratic in the length
 * @param softmax of the scores, quadratic in the length
 * @param feedForward feed-forward blocks
 * @param recurrence the recurrent weights of an LSTM's gates; else 0
 */
public record LayerFlops(long projections, long attention, long softmax, long feedForward, long recurrence) {

    /** Layers of attention and feed-forward. */
    static LayerFlops attention(long projections, long attention, long softmax, long feedForward) {
        return new LayerFlops(projections, attention, softmax, feedForward, 0);
    }

    /** Recurrent layers. */
    static LayerFlops recurrent(long inputs, long recurrence) {
        return new LayerFlops(inputs, 0, 0, 0, recurrence);
    }

    /** Sum of all terms. */
    public long total() {
        long linear = Math.addExact(Math.addExact(projections, feedForward), recurrence);
        return Math.addExact(linear, Math.addExact(attention, softmax));
    }
}
