package org.plmfrontier.dataset.corpus;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.identity.IdentityTools;

/** Counts the alignments of one search. Not thread-safe. */
final class HitTally implements IdentityTools.Hits {
    private final double bound;
    private final BitSet tooLike = new BitSet();
    private long hits;
    private double highest = -1;

    /** @param bound identity from which on a target is too like */
    HitTally(double bound) {
        this.bound = bound;
    }

    @Override
    public void hit(long query, long target, double identity) {
        hits++;
        highest = Math.max(highest, identity);
        if (identity >= bound) {
            tooLike.set(Math.toIntExact(target));
        }
    }

    /** Ordinals of the targets that are too like a query. */
    BitSet tooLike() {
        return tooLike;
    }

    long hits() {
        return hits;
    }

    /** Null where there was no hit. */
    @Nullable
    Double highestIdentity() {
        return hits == 0 ? null : highest;
    }
}
