package org.plmfrontier.contracts.model;

/**
 * What a batch costs, independent of the model: enough to compute Table 5 for any shape without the sequences.
 *
 * @param sequences number of sequences
 * @param tokens sum of the sequence lengths, START and END included, PAD not
 * @param tokensSquared sum of the squared sequence lengths
 */
public record SequenceLoad(long sequences, long tokens, long tokensSquared) {
    public static final SequenceLoad NONE = new SequenceLoad(0, 0, 0);

    public SequenceLoad {
        if (sequences < 0 || tokens < sequences || tokensSquared < tokens) {
            throw new IllegalArgumentException("impossible load: sequences " + sequences + ", tokens " + tokens
                    + ", tokensSquared " + tokensSquared);
        }
    }

    /** The load as executed when all {@code sequences} are padded to {@code paddedLength} tokens. */
    public static SequenceLoad padded(long sequences, long paddedLength) {
        long tokens = Math.multiplyExact(sequences, paddedLength);
        return new SequenceLoad(sequences, tokens, Math.multiplyExact(tokens, paddedLength));
    }

    public SequenceLoad plus(SequenceLoad other) {
        return new SequenceLoad(
                Math.addExact(sequences, other.sequences),
                Math.addExact(tokens, other.tokens),
                Math.addExact(tokensSquared, other.tokensSquared));
    }

    /** This load with one more sequence of {@code length} tokens. */
    public SequenceLoad plusSequence(long length) {
        return plus(padded(1, length));
    }
}
