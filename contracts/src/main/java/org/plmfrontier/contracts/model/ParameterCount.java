package org.plmfrontier.contracts.model;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * The three parameter counts of a shape, so that a fit can say which one it used.
 *
 * @param table6 N of Serrano et al. 2024, Table 6: embedding and head matrices counted, biases and norms not; of an LSTM
 *     by the same rule
 * @param exact every trained number of the network that the trainer builds (embedding tied to the output; an LSTM's is not)
 * @param nonEmbedding {@code table6} without the token embedding and the tied output matrix
 */
public record ParameterCount(long table6, long exact, long nonEmbedding) {

    /** Counts of a shape over the {@value Vocabulary#SIZE}-token vocabulary. */
    public static ParameterCount of(ModelShape shape) {
        if (!shape.family().transformer()) {
            return LstmCount.parameters(shape);
        }
        long d = shape.dModel();
        long ffn = shape.ffnSize();
        long matrices = shape.layers() * (4 * d * d + 2 * d * ffn);
        long embedding = Vocabulary.SIZE * d;
        long table6 = embedding + matrices + d * d + embedding;
        return new ParameterCount(table6, exact(shape), table6 - 2 * embedding);
    }

    /** Layers with all biases and two norms each, final norm, tied embedding, head dense + norm + output bias. */
    private static long exact(ModelShape shape) {
        long d = shape.dModel();
        long ffn = shape.ffnSize();
        long attention = 4 * (d * d + d);
        long feedForward = 2 * d * ffn + ffn + d;
        long norms = 4 * d;
        long head = d * d + d + 2 * d + Vocabulary.SIZE;
        return Vocabulary.SIZE * d + shape.layers() * (attention + feedForward + norms) + 2 * d + head;
    }
}
