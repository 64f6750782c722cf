package org.plmfrontier.contracts.model;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * The block of ESM-2: LayerNorm before attention and feed-forward, GELU, rotary positions, biases everywhere, the embedding
 * tied to the output behind a dense layer and a norm. As an encoder, or as a decoder of the same blocks.
 *
 * @param causal a decoder. It is counted like the encoder, with the full square of scores, as the published causal fits do;
 *     a kernel that skips the masked half does less
 */
public record Transformer(boolean causal) implements Architecture {
    /** ESM-2 (Lin et al. 2023). */
    public static final Transformer ENCODER = new Transformer(false);
    /** RITA (Hesslow et al. 2022). */
    public static final Transformer DECODER = new Transformer(true);

    @Override
    public boolean tokenDropout() {
        return !causal;
    }

    @Override
    public boolean residualStream() {
        return true;
    }

    @Override
    public boolean rotary() {
        return true;
    }

    @Override
    public boolean qkNorm() {
        return false;
    }

    /** Serrano et al. 2024, Table 6; exact: every bias, two norms a layer, final norm, and the head's dense, norm and bias. */
    @Override
    public ParameterCount parameters(ModelShape shape) {
        long d = shape.dModel();
        long ffn = shape.ffnSize();
        long matrices = shape.layers() * (4 * d * d + 2 * d * ffn);
        long embedding = Vocabulary.SIZE * d;
        long table6 = embedding + matrices + d * d + embedding;
        return new ParameterCount(table6, exact(shape), table6 - 2 * embedding);
    }

    /** Serrano et al. 2024, Table 5: every term is linear in the length S or in its square. */
    @Override
    public FlopCount forward(ModelShape shape, SequenceLoad load) {
        long d = shape.dModel();
        long layers = shape.layers();
        long tokens = load.tokens();
        long squares = load.tokensSquared();
        return new FlopCount(
                Math.multiplyExact(2 * Vocabulary.SIZE * d, tokens),
                LayerFlops.attention(
                        Math.multiplyExact(layers * 8 * d * d, tokens),
                        Math.multiplyExact(layers * 4 * d, squares),
                        Math.multiplyExact(layers * 3 * shape.heads(), squares),
                        Math.multiplyExact(layers * 4 * d * shape.ffnSize(), tokens)),
                Math.multiplyExact(2 * (d * d + d * Vocabulary.SIZE), tokens));
    }

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
