package org.plmfrontier.contracts.corpus;

import org.jspecify.annotations.Nullable;

/**
 * Losses that need no network, in nats per residue of the held-out set: the lines that every loss plot draws so that
 * nobody takes the amino-acid frequencies for an achievement. A loss is only comparable with a line of the same task: a
 * causal one with the chain, a masked one with what is {@code masked}, its part on MASK with the frequencies.
 *
 * @param uniformNats ln of the vocabulary size, the loss at a random start
 * @param unigramNats cross-entropy of the training part's residue frequencies, every residue predicted
 * @param markovNats cross-entropy of an order-2 Markov chain fitted on the training part, every residue predicted
 * @param masked the same under the masks of the held-out evaluation; null for a corpus that was built before they were
 *     computed
 */
public record ReferenceLosses(
        double uniformNats,
        double unigramNats,
        double markovNats,
        @Nullable MaskedReferences masked) {
    public ReferenceLosses {
        finite("uniformNats", uniformNats);
        finite("unigramNats", unigramNats);
        finite("markovNats", markovNats);
    }

    /** Without the losses under masks. */
    public ReferenceLosses(double uniformNats, double unigramNats, double markovNats) {
        this(uniformNats, unigramNats, markovNats, null);
    }

    static void finite(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be positive and finite, got " + value);
        }
    }
}
