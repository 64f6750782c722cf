package org.plmfrontier.contracts.model;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * The three parameter counts of a shape, so that a fit can say which one it used.
 *
 * @param table6 N of Serrano et al. 2024, Table 6: embedding and head matrices counted, biases and norms not; of other
 *     architectures by the same rule
 * @param exact every trained number of the network that the trainer builds; an output matrix tied to the embedding is one
 * @param nonEmbedding {@code table6} without the token embedding and the output matrix
 */
public record ParameterCount(long table6, long exact, long nonEmbedding) {
    /** A weight and AdamW's two moments of it in float32. */
    private static final int STATE_BYTES_PER_PARAMETER = 12;

    /** Counts of a shape over the {@value Vocabulary#SIZE}-token vocabulary. */
    public static ParameterCount of(ModelShape shape) {
        return shape.architecture().parameters(shape);
    }

    /** Bytes of what a checkpoint holds of a model: weights and AdamW's moments in float32. */
    public long stateBytes() {
        return STATE_BYTES_PER_PARAMETER * exact;
    }
}
