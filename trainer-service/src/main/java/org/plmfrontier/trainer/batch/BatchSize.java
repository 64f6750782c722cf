package org.plmfrontier.trainer.batch;

/**
 * How large a batch is.
 *
 * @param rows sequences
 * @param columns tokens of the longest one
 * @param packed tokens of all of them, without PAD
 * @param selected places at which the loss is taken
 */
public record BatchSize(int rows, int columns, long packed, int selected) {
    /** Tokens of the padded rows. */
    public long tokens() {
        return (long) rows * columns;
    }

    /** The same tokens as one row without PAD, as the scripts see packed rows. */
    public BatchSize asOneRow() {
        return new BatchSize(1, Math.toIntExact(packed), packed, selected);
    }
}
