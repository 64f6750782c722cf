package org.plmfrontier.contracts.model;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * Counts of the {@link Family#LSTM} baseline: embedding V e, two stacks whose layers have the four gates
 * {@code 4 h (in + h)} and two biases of {@code 4 h} each (in = e in the first layer, h above), output 2 h V + V.
 */
final class LstmCount {
    private static final int DIRECTIONS = 2;
    private static final int GATES = 4;
    private static final long FLOPS_PER_WEIGHT = 2;

    private LstmCount() {}

    static ParameterCount parameters(ModelShape shape) {
        long embedding = (long) Vocabulary.SIZE * shape.dModel();
        long output = (long) DIRECTIONS * shape.ffnSize() * Vocabulary.SIZE;
        long cells = inputWeights(shape) + recurrentWeights(shape);
        long biases = 2L * DIRECTIONS * shape.layers() * GATES * shape.ffnSize() + Vocabulary.SIZE;
        return new ParameterCount(embedding + cells + output, embedding + cells + output + biases, cells);
    }

    /** Products only, as Table 5 counts the transformer: gates' point-wise work is left out. */
    static FlopCount forward(ModelShape shape, long tokens) {
        long output = (long) DIRECTIONS * shape.ffnSize() * Vocabulary.SIZE;
        return new FlopCount(
                times(tokens, (long) Vocabulary.SIZE * shape.dModel()),
                times(tokens, inputWeights(shape)),
                0,
                0,
                0,
                times(tokens, output),
                times(tokens, recurrentWeights(shape)));
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
