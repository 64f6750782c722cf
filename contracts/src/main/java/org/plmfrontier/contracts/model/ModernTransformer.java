package org.plmfrontier.contracts.model;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * The block of today's protein models: RMSNorm (a weight and no shift) before attention and feed-forward, SwiGLU, rotary
 * positions, no biases, a final RMSNorm and an output matrix of its own. As an encoder or as a decoder of the same blocks.
 *
 * <p>AMPLIFY (Fournier et al. 2024) is this block without QK-norm but for a bias of its output. ESM C (EvolutionaryScale 2024)
 * has LayerNorm without shift in place of RMSNorm, scales its branches with depth, normalises queries and keys over the
 * whole width, and has a head of two layers, as E1 (Profluent 2025) has, too.
 *
 * <p>QK-norm is an RMSNorm over the channels of each head, before the rotation, with one weight for all heads of a layer: it
 * bounds the scores of every head by itself, which a norm over the whole width does not, and adds no second kind of norm.
 *
 * @param causal a decoder, counted like the encoder with the full square of scores
 */
public record ModernTransformer(boolean causal) implements Architecture {
    /** Masked language modelling, as ESM C, AMPLIFY and E1. */
    public static final ModernTransformer ENCODER = new ModernTransformer(false);
    /** Next-token prediction by the same blocks. */
    public static final ModernTransformer DECODER = new ModernTransformer(true);

    /** What feed-forward widths are multiples of. */
    private static final int MULTIPLE = 64;

    /**
     * The hidden width of a feed-forward block of three matrices that has the parameters of one of two with {@code 4 d}
     * (Shazeer 2020): 8 d / 3, rounded up to a multiple of 64 so that products fit the tiles of GPUs. AMPLIFY rounds to
     * multiples of 8 and ESM C to 256, which at 320 channels is a fifth too much.
     */
    public static int feedForward(int dModel) {
        return Math.multiplyExact(MULTIPLE, Math.ceilDiv(Math.multiplyExact(8, dModel), 3 * MULTIPLE));
    }

    @Override
    public boolean tokenDropout() {
        return false;
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
        return true;
    }

    /** By the rule of Table 6: matrices counted, norms not. Exact: two norms a layer, those of queries and keys, the last one. */
    @Override
    public ParameterCount parameters(ModelShape shape) {
        long d = shape.dModel();
        long blocks = shape.layers() * (4 * d * d + 3 * d * shape.ffnSize());
        long matrices = blocks + 2 * Vocabulary.SIZE * d;
        long headNorms = shape.normalisesQueriesAndKeys() ? 2L * shape.keySize() : 0;
        return new ParameterCount(matrices, matrices + shape.layers() * (2 * d + headNorms) + d, blocks);
    }

    /**
     * By the rule of Table 5, products and softmax counted, norms and the product of gate and values not: projections
     * 8 S d d, scores and values 4 S S d, softmax 3 heads S S, feed-forward 6 S d ffn, head 2 S d V.
     */
    @Override
    public FlopCount forward(ModelShape shape, SequenceLoad load) {
        long d = shape.dModel();
        long layers = shape.layers();
        long embedding = Math.multiplyExact(2 * Vocabulary.SIZE * d, load.tokens());
        return new FlopCount(
                embedding,
                LayerFlops.attention(
                        Math.multiplyExact(layers * 8 * d * d, load.tokens()),
                        Math.multiplyExact(layers * 4 * d, load.tokensSquared()),
                        Math.multiplyExact(layers * 3 * shape.heads(), load.tokensSquared()),
                        Math.multiplyExact(layers * 6 * d * shape.ffnSize(), load.tokens())),
                embedding);
    }
}
