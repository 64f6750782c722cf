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

    /** Counts of a shape over the {@value Vocabulary#SIZE}-token vocabulary. */
    public static ParameterCount of(ModelShape shape) {
        return shape.architecture().parameters(shape);
    }
}
