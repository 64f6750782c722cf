package org.plmfrontier.trainer.djl;

import java.util.Arrays;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.PaddedBatch;

/** A batch of the fixtures, padded and masked already, taken apart and built again by the project's own padding. */
final class ReferenceBatch {
    private ReferenceBatch() {}

    /**
     * The batch.
     *
     * @param tokens masked input [rows][columns], PAD behind each row
     * @param labels true token at selected places, -100 elsewhere
     */
    static PaddedBatch of(int rows, int[] tokens, int[] labels, boolean tokenDropout) {
        int columns = tokens.length / rows;
        byte[] input = new byte[tokens.length];
        int[] lengths = new int[rows];
        int[] selected = new int[tokens.length];
        byte[] targets = new byte[tokens.length];
        int size = 0;
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                if (tokens[i] == Vocabulary.PAD) {
                    continue;
                }
                if (labels[i] >= 0) {
                    selected[count] = size;
                    targets[count++] = (byte) labels[i];
                }
                input[size++] = (byte) tokens[i];
                lengths[row]++;
            }
        }
        return PaddedBatch.of(
                new MaskedRecord(
                        Arrays.copyOf(input, size),
                        Arrays.copyOf(selected, count),
                        Arrays.copyOf(targets, count),
                        lengths),
                tokenDropout);
    }
}
