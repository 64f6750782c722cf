package org.plmfrontier.contracts.model;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * Two stacks of LSTM layers, one over the sequence and one over its reverse, joined before the output (Rives et al. 2021).
 * Embedding V e; layers have the four gates {@code 4 h (in + h)} and two biases of {@code 4 h} each (in = e in the first
 * layer, h above); output 2 h V + V. Of a shape, {@code dModel} is e, {@code ffnSize} is h and {@code heads} is 1.
 */
public record Lstm() implements Architecture {
    /** The one architecture of this kind. */
    public static final Lstm BIDIRECTIONAL = new Lstm();

    private static final int DIRECTIONS = 2;
    private static final int GATES = 4;
    private static final long FLOPS_PER_WEIGHT = 2;

    @Override
    public boolean causal() {
        return false;
    }

    @Override
    public boolean tokenDropout() {
        return false;
    }

    @Override
    public boolean residualStream() {
        return false;
    }

    @Override
    public boolean rotary() {
        return false;
    }

    @Override
    public boolean qkNorm() {
        return false;
    }

    @Override
    public ParameterCount parameters(ModelShape shape) {
        long embedding = (long) Vocabulary.SIZE * shape.dModel();
        long output = (long) DIRECTIONS * shape.ffnSize() * Vocabulary.SIZE;
        long cells = inputWeights(shape) + recurrentWeights(shape);
        long biases = 2L * DIRECTIONS * shape.layers() * GATES * shape.ffnSize() + Vocabulary.SIZE;
        return new ParameterCount(embedding + cells + output, embedding + cells + output + biases, cells);
    }

    /** Products only, as Table 5 counts the transformer: the gates' point-wise work is left out. */
    @Override
    public FlopCount forward(ModelShape shape, SequenceLoad load) {
        long output = (long) DIRECTIONS * shape.ffnSize() * Vocabulary.SIZE;
        return new FlopCount(
                times(load.tokens(), (long) Vocabulary.SIZE * shape.dModel()),
                LayerFlops.recurrent(
                        times(load.tokens(), inputWeights(shape)), times(load.tokens(), recurrentWeights(shape))),
                times(load.tokens(), output));
    }

    private static long inputWeights(ModelShape shape) {
        long inputs = shape.dModel() + (shape.layers() - 1L) * shape.ffnSize();
        return DIRECTIONS * GATES * shape.ffnSize() * inputs;
    }

    private static long recurrentWeights(ModelShape shape) {
        return (long) DIRECTIONS * GATES * shape.layers() * shape.ffnSize() * shape.ffnSize();
    }

    private static long times(long tokens, long weights) {
        return Math.multiplyExact(FLOPS_PER_WEIGHT * weights, tokens);
    }
}
