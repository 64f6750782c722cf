package org.plmfrontier.dataset.plan;

import java.util.Arrays;
import org.plmfrontier.contracts.model.SequenceLoad;

/**
 * What a corpus's training records cost, as running sums: the load of any range of positions in constant time.
 * Positions run on over epochs: position p is record {@code p % records} of the log. Immutable; 24 bytes per record.
 */
public final class LoadProfile {
    private final long[] sequences;
    private final long[] tokens;
    private final long[] squares;

    private LoadProfile(long[] sequences, long[] tokens, long[] squares) {
        this.sequences = sequences;
        this.tokens = tokens;
        this.squares = squares;
    }

    /** Collects the loads of records in the order of the log. Not thread-safe. */
    public static final class Builder {
        private long[] sequences = new long[1025];
        private long[] tokens = new long[1025];
        private long[] squares = new long[1025];
        private int records;

        public Builder add(SequenceLoad load) {
            if (records + 1 == tokens.length) {
                sequences = Arrays.copyOf(sequences, 2 * records);
                tokens = Arrays.copyOf(tokens, 2 * records);
                squares = Arrays.copyOf(squares, 2 * records);
            }
            sequences[records + 1] = sequences[records] + load.sequences();
            tokens[records + 1] = tokens[records] + load.tokens();
            squares[records + 1] = squares[records] + load.tokensSquared();
            records++;
            return this;
        }

        /** @throws IllegalArgumentException where nothing was added */
        public LoadProfile build() {
            if (records == 0) {
                throw new IllegalArgumentException("a corpus without records has no profile");
            }
            return new LoadProfile(cut(sequences), cut(tokens), cut(squares));
        }

        private long[] cut(long[] sums) {
            return Arrays.copyOf(sums, records + 1);
        }
    }

    /** Records of one epoch. */
    public long records() {
        return tokens.length - 1L;
    }

    /** Tokens of the positions before this one. */
    public long tokensBefore(long position) {
        return upTo(tokens, position);
    }

    /** Load of the positions from one (inclusive) to another (exclusive). */
    public SequenceLoad between(long from, long to) {
        return new SequenceLoad(
                upTo(sequences, to) - upTo(sequences, from),
                upTo(tokens, to) - upTo(tokens, from),
                upTo(squares, to) - upTo(squares, from));
    }

    private long upTo(long[] sums, long position) {
        long epochs = position / records();
        int rest = Math.toIntExact(position % records());
        return Math.addExact(Math.multiplyExact(epochs, sums[sums.length - 1]), sums[rest]);
    }
}
