package org.plmfrontier.dataset.corpus;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;

/** Options for tests: small, and one choice at a time. */
final class Choice {
    private int heldOut = 10;
    private long seed = 5;
    private @Nullable Integer maxResidues;
    private @Nullable Double maxUnknownShare;
    private @Nullable String identifier;
    private boolean deduplicate;
    private @Nullable Clustering cluster;
    private @Nullable Sample sample;
    private @Nullable IdentityBound bound;

    CorpusOptions options() {
        return new CorpusOptions(
                heldOut,
                80,
                700,
                seed,
                false,
                30,
                64,
                maxResidues,
                maxUnknownShare,
                identifier,
                deduplicate,
                cluster,
                sample,
                bound,
                null);
    }

    Choice heldOut(int value) {
        heldOut = value;
        return this;
    }

    Choice seed(long value) {
        seed = value;
        return this;
    }

    Choice maxResidues(int value) {
        maxResidues = value;
        return this;
    }

    Choice maxUnknownShare(double value) {
        maxUnknownShare = value;
        return this;
    }

    Choice identifier(String value) {
        identifier = value;
        return this;
    }

    Choice deduplicate() {
        deduplicate = true;
        return this;
    }

    Choice cluster(Clustering value) {
        cluster = value;
        return this;
    }

    Choice sample(Sample value) {
        sample = value;
        return this;
    }

    Choice bound(IdentityBound value) {
        bound = value;
        return this;
    }
}
