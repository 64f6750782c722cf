package org.plmfrontier.trainer.batch;

import java.util.Arrays;
import java.util.Optional;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * A masked record as arrays of [rows][columns], flattened row by row, each sequence in its row with PAD behind it.
 *
 * @param rows number of sequences
 * @param columns tokens of the longest sequence
 * @param tokens token ids [rows * columns]
 * @param scale factor of each embedding [rows * columns]: 0 at PAD, else 1 or that of token dropout
 * @param selected places in the flattened arrays at which the loss is taken, ascending
 * @param targets true token of each selected place
 */
public record PaddedBatch(int rows, int columns, int[] tokens, float[] scale, int[] selected, long[] targets) {
    /** Share of the selected residues that are MASK times the share selected, in ESM-2's own training. */
    private static final double TRAINED_MASK_RATIO = 0.15 * 0.8;

    public PaddedBatch {
        if (tokens.length != rows * columns || scale.length != tokens.length) {
            throw new IllegalArgumentException("batch of " + rows + " rows and " + columns + " columns has "
                    + tokens.length + " tokens and " + scale.length + " factors");
        }
        if (selected.length != targets.length || selected.length == 0) {
            throw new IllegalArgumentException(
                    "batch has " + selected.length + " selected places and " + targets.length + " targets");
        }
    }

    /**
     * Pads a record.
     *
     * @param tokenDropout ESM-2's rescaled embeddings: 0 at MASK, the rest times 0.88 / (1 - share of MASK in the row),
     *     in evaluation as in training (fair-esm, ESM2.forward)
     * @throws IllegalArgumentException where the record has no residue to predict
     */
    public static PaddedBatch of(MaskedRecord record, boolean tokenDropout) {
        int rows = record.lengths().length;
        int columns = 0;
        for (int length : record.lengths()) {
            columns = Math.max(columns, length);
        }
        int[] tokens = new int[rows * columns];
        float[] scale = new float[rows * columns];
        int[] selected = new int[record.selected().length];
        int start = 0;
        int next = 0;
        for (int row = 0; row < rows; row++) {
            int length = record.lengths()[row];
            int offset = row * columns;
            for (int i = 0; i < length; i++) {
                tokens[offset + i] = record.input()[start + i];
            }
            fillScale(tokens, scale, offset, length, tokenDropout);
            while (next < selected.length && record.selected()[next] < start + length) {
                selected[next] = offset + record.selected()[next] - start;
                next++;
            }
            start += length;
        }
        return new PaddedBatch(rows, columns, tokens, scale, selected, widened(record.targets()));
    }

    /** How large the batch is. */
    public BatchSize size() {
        return new BatchSize(rows, columns, Arrays.stream(lengths()).sum(), selected.length);
    }

    /** Tokens of each row without the PAD behind it. */
    public int[] lengths() {
        int[] lengths = new int[rows];
        for (int row = 0; row < rows; row++) {
            int length = columns;
            while (length > 0 && tokens[row * columns + length - 1] == Vocabulary.PAD) {
                length--;
            }
            lengths[row] = length;
        }
        return lengths;
    }

    /** Whether some row is shorter than the longest. */
    public boolean isPadded() {
        for (int row = 1; row <= rows; row++) {
            if (tokens[row * columns - 1] == Vocabulary.PAD) {
                return true;
            }
        }
        return false;
    }

    /**
     * Some of the rows, without columns that are PAD in all of them.
     *
     * @param to first row left out
     * @return empty where no place in them is selected
     */
    public Optional<PaddedBatch> rows(int from, int to) {
        int width = longest(from, to);
        int[] partTokens = new int[(to - from) * width];
        float[] partScale = new float[partTokens.length];
        for (int row = from; row < to; row++) {
            System.arraycopy(tokens, row * columns, partTokens, (row - from) * width, width);
            System.arraycopy(scale, row * columns, partScale, (row - from) * width, width);
        }
        int first = lowerBound(from * columns);
        int end = lowerBound(to * columns);
        if (first == end) {
            return Optional.empty();
        }
        int[] partSelected = new int[end - first];
        for (int i = first; i < end; i++) {
            partSelected[i - first] = (selected[i] / columns - from) * width + selected[i] % columns;
        }
        long[] partTargets = Arrays.copyOfRange(targets, first, end);
        return Optional.of(new PaddedBatch(to - from, width, partTokens, partScale, partSelected, partTargets));
    }

    /**
     * Counts the selected places by what they show.
     *
     * @param counts by {@link Shown#ordinal()}, added to
     */
    public void countShown(long[] counts) {
        for (int i = 0; i < selected.length; i++) {
            counts[Shown.of(tokens[selected[i]], (int) targets[i]).ordinal()]++;
        }
    }

    private int longest(int from, int to) {
        int longest = 1;
        for (int i = from * columns; i < to * columns; i++) {
            longest = tokens[i] == Vocabulary.PAD ? longest : Math.max(longest, i % columns + 1);
        }
        return longest;
    }

    /** Index of the first selected place at or behind a place of the flattened arrays. */
    private int lowerBound(int place) {
        int found = Arrays.binarySearch(selected, place);
        return found < 0 ? -found - 1 : found;
    }

    private static void fillScale(int[] tokens, float[] scale, int offset, int length, boolean tokenDropout) {
        int masks = 0;
        for (int i = 0; i < length; i++) {
            masks += tokens[offset + i] == Vocabulary.MASK ? 1 : 0;
        }
        float factor = tokenDropout ? dropoutFactor(masks, length) : 1;
        for (int i = 0; i < length; i++) {
            boolean dropped = tokenDropout && tokens[offset + i] == Vocabulary.MASK;
            scale[offset + i] = dropped ? 0 : factor;
        }
    }

    /** A row of nothing but MASK has no embedding left to rescale. */
    private static float dropoutFactor(int masks, int length) {
        return masks == length ? 0 : (float) ((1 - TRAINED_MASK_RATIO) / (1 - (double) masks / length));
    }

    private static long[] widened(byte[] targets) {
        long[] wide = new long[targets.length];
        for (int i = 0; i < targets.length; i++) {
            wide[i] = targets[i];
        }
        return wide;
    }
}
