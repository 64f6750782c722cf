package org.plmfrontier.dataset.corpus;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * How sources become a corpus. All of it is part of the corpus's id. The steps come in this order: filters,
 * deduplication, clustering, held-out choice and its bound, sampling of the training part, shuffle, packing.
 *
 * @param heldOutSequences proteins of the sources that are never trained on; 0 where a set is named
 * @param maxLength most tokens of a sequence, START and END included; longer proteins give a random window
 * @param batchTokens most tokens of a batch, padding included
 * @param seed seeds the held-out choice, the order, the sample, the windows
 * @param strict whether the first oddity of a source fails the corpus
 * @param minLength fewest residues of a protein that is kept
 * @param packingWindow proteins that are sorted by length together
 * @param maxResidues most residues of a protein that is kept; null for no bound
 * @param maxUnknownShare largest share of X among the residues of a protein that is kept; null for no bound
 * @param identifierPattern regular expression (RE2) that must be found in the identifier of a protein that is kept; null for
 *     any
 * @param deduplicate whether of proteins with the same residues only the first is kept
 * @param cluster keeps one protein of each cluster; null keeps all
 * @param sample how much of the training part is taken; null for all
 * @param heldOutIdentity takes out of the training part what is too like the held-out part; null for nothing
 * @param heldOut the held-out set, none of whose proteins is trained on; null where it is chosen among the sources
 */
@StagedBuilder
public record CorpusOptions(
        int heldOutSequences,
        int maxLength,
        int batchTokens,
        long seed,
        boolean strict,
        int minLength,
        int packingWindow,
        @Nullable Integer maxResidues,
        @Nullable Double maxUnknownShare,
        @Nullable String identifierPattern,
        boolean deduplicate,
        @Nullable Clustering cluster,
        @Nullable Sample sample,
        @Nullable IdentityBound heldOutIdentity,
        @Nullable HeldOutFrom heldOut) {
    public static final int DEFAULT_PACKING_WINDOW = 4096;
    /** Largest product of packing window and length, tokens: what the packer holds in memory. */
    public static final long WINDOW_TOKENS = 1 << 25;

    private static final int LARGEST_BATCH = 1 << 20;

    public CorpusOptions {
        require(
                "heldOutSequences",
                heldOut == null ? heldOutSequences >= 1 : heldOutSequences == 0,
                heldOutSequences,
                heldOut == null ? "must be at least 1" : "must be 0 where heldOut names a set");
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
        require(
                "maxResidues",
                maxResidues == null || maxResidues >= minLength,
                maxResidues,
                "must be at least minLength " + minLength);
        require(
                "maxUnknownShare",
                maxUnknownShare == null || (maxUnknownShare >= 0 && maxUnknownShare <= 1),
                maxUnknownShare,
                "must lie in [0, 1]");
    }

    /** The same with a held-out set that is named. */
    public CorpusOptions with(HeldOutFrom named) {
        return CorpusOptionsBuilder.from(this)
                .heldOutSequences(0)
                .heldOut(named)
                .build();
    }

    /** The same as people may see it, without credentials in addresses. */
    public CorpusOptions shown() {
        return heldOut == null ? this : with(heldOut.shown());
    }

    /**
     * The same, where its pattern is one that can be used. A corpus that was built with another kind of pattern keeps its
     * options, so this is asked of requests alone.
     *
     * @throws RefusedException where it is not
     */
    public CorpusOptions withUsablePattern() {
        if (identifierPattern != null) {
            Filter.compiled(identifierPattern);
        }
        return this;
    }

    /** Whether proteins must be compared with each other. */
    boolean needsIdentity() {
        return cluster != null || heldOutIdentity != null;
    }

    private static void require(String field, boolean holds, @Nullable Number value, String rule) {
        if (!holds) {
            throw new RefusedException(field, field + " " + rule + ", got " + value);
        }
    }
}
