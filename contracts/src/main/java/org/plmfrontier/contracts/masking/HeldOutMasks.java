package org.plmfrontier.contracts.masking;

import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Masking;

/**
 * The masks under which a held-out set is evaluated: 80/10/10 whatever shares a recipe trains with, seeded by the set alone
 * ({@link org.plmfrontier.contracts.corpus.CorpusRef#evaluatedOn}: the id of the corpus whose part it is, or the digest of a set
 * that several have), so that every run of every study on it, and every predictor that needs no network, is asked for the same
 * residues and sees the same letters around them.
 */
public final class HeldOutMasks {
    /** Shares of every held-out evaluation. */
    public static final Masking SHARES = Masking.BERT;

    private HeldOutMasks() {}

    /** The masks of a held-out set; a record's position is its index in the held-out log. */
    public static ResidueMasking of(String set) {
        return new ResidueMasking(SHARES, seedOf(set));
    }

    /** One number per set. */
    static long seedOf(String set) {
        long seed = 0;
        for (int i = 0; i < set.length(); i++) {
            seed = SplitMix64.mix(seed + set.charAt(i) + 1);
        }
        return seed;
    }
}
