package org.plmfrontier.contracts.corpus;

/**
 * Losses that need no network, in nats per residue of the held-out set: the lines that every loss plot draws so that
 * nobody takes the amino-acid frequencies for an achievement.
 *
 * @param uniformNats ln of the vocabulary size, the loss at a random start
 * @param unigramNats cross-entropy of the training part's residue frequencies
 * @param markovNats cross-entropy of an order-2 Markov chain fitted on the training part
 */
public record ReferenceLosses(double uniformNats, double unigramNats, double markovNats) {
    public ReferenceLosses {
        finite("uniformNats", uniformNats);
        finite("unigramNats", unigramNats);
        finite("markovNats", markovNats);
    }

    private static void finite(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be positive and finite, got " + value);
        }
    }
}
