package org.plmfrontier.dataset.corpus;

import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * How sources become a corpus. All of it is part of the corpus's id.
 *
 * @param heldOutSequences proteins that are never trained on
 * @param maxLength most tokens of a sequence, START and END included; longer proteins give a random window
 * @param batchTokens most tokens of a batch, padding included
 * @param seed seeds the held-out choice, the order, the windows
 * @param strict whether the first oddity of a source fails the corpus
 * @param minLength fewest residues of a protein that is kept
 * @param packingWindow proteins that are sorted by length together
 */
public record CorpusOptions(
        int heldOutSequences,
        int maxLength,
        int batchTokens,
        long seed,
        boolean strict,
        int minLength,
        int packingWindow) {
    public static final int DEFAULT_PACKING_WINDOW = 4096;
    /** Largest product of packing window and length, tokens: what the packer holds in memory. */
    public static final long WINDOW_TOKENS = 1 << 25;

    private static final int LARGEST_BATCH = 1 << 20;

    public CorpusOptions {
        require("heldOutSequences", heldOutSequences >= 1, heldOutSequences, "must be at least 1");
        require("maxLength", maxLength >= 3, maxLength, "must be at least 3");
        require("batchTokens", batchTokens >= maxLength, batchTokens, "must be at least maxLength " + maxLength);
        require("batchTokens", batchTokens <= LARGEST_BATCH, batchTokens, "must be at most " + LARGEST_BATCH);
        require("minLength", minLength >= 1, minLength, "must be at least 1");
        require("packingWindow", packingWindow >= 1, packingWindow, "must be at least 1");
        require(
                "packingWindow",
                (long) packingWindow * maxLength <= WINDOW_TOKENS,
                packingWindow,
                "times maxLength must be at most " + WINDOW_TOKENS);
    }

    private static void require(String field, boolean holds, long value, String rule) {
        if (!holds) {
            throw new RefusedException(field, field + " " + rule + ", got " + value);
        }
    }
}
