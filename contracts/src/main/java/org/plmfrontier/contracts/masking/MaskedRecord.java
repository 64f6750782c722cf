package org.plmfrontier.contracts.masking;

import java.util.Objects;

/**
 * A record as the model sees it and what it has to predict.
 *
 * @param input all sequences back to back with MASK and random residues put in
 * @param selected places in {@code input} at which the loss is taken, ascending
 * @param targets the true residue of each selected place
 * @param lengths tokens of each sequence
 */
public record MaskedRecord(byte[] input, int[] selected, byte[] targets, int[] lengths) {
    public MaskedRecord {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(lengths, "lengths");
        if (selected.length != targets.length) {
            throw new IllegalArgumentException(
                    "selected has " + selected.length + " places, targets has " + targets.length);
        }
    }
}
