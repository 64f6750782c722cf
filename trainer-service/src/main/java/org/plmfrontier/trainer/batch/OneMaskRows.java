package org.plmfrontier.trainer.batch;

import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.token.Vocabulary;

/** One residue masked at a time, everything else shown. */
public final class OneMaskRows {
    private OneMaskRows() {}

    /**
     * The sequence as often as there are places, in each row with another place masked and selected.
     *
     * @param places in the sequence
     */
    public static MaskedRecord of(byte[] sequence, int[] places) {
        int length = sequence.length;
        byte[] input = new byte[places.length * length];
        int[] selected = new int[places.length];
        byte[] targets = new byte[places.length];
        int[] lengths = new int[places.length];
        for (int row = 0; row < places.length; row++) {
            System.arraycopy(sequence, 0, input, row * length, length);
            selected[row] = row * length + places[row];
            targets[row] = sequence[places[row]];
            input[selected[row]] = Vocabulary.MASK;
            lengths[row] = length;
        }
        return new MaskedRecord(input, selected, targets, lengths);
    }
}
