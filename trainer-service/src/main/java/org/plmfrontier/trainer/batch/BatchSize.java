package org.plmfrontier.trainer.batch;

/**
 * How large a padded batch is.
 *
 * @param rows sequences
 * @param columns tokens of the longest one
 * @param selected places at which the loss is taken
 */
public record BatchSize(int rows, int columns, int selected) {
    /** Tokens with those that only pad. */
    public long tokens() {
        return (long) rows * columns;
    }
}
