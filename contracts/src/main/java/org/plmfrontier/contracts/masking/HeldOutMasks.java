package org.plmfrontier.contracts.masking;

import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Masking;

/**
 * The masks under which the held-out set of a corpus is evaluated: 80/10/10 whatever shares a recipe trains with, seeded by
 * the corpus alone, so that every run of every study on a corpus, and every predictor that needs no network, is asked for
 * the same residues and sees the same letters around them.
 */
public final class HeldOutMasks {
    /** Shares of every held-out evaluation. */
    public static final Masking SHARES = Masking.BERT;

    private HeldOutMasks() {}

    /** The masks of a corpus's held-out set; a record's position is its index in the held-out log. */
    public static ResidueMasking of(String corpusId) {
        return new ResidueMasking(SHARES, seedOf(corpusId));
    }

    /** One number per corpus id. */
    static long seedOf(String corpusId) {
        long seed = 0;
        for (int i = 0; i < corpusId.length(); i++) {
            seed = SplitMix64.mix(seed + corpusId.charAt(i) + 1);
        }
        return seed;
    }
}
