package org.plmfrontier.dataset.identity;

import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * How like the training part a held-out protein may be.
 *
 * @param most an alignment with a training protein that has this share of equal residues, or more, is one too many;
 *     above 0 to 1
 * @param coverage only alignments that cover this share of the held-out protein count, 0 to 1; with 0 any significant
 *     alignment does
 */
public record IdentityBound(double most, double coverage) {
    public IdentityBound {
        require("most", most > 0 && most <= 1, "must lie in (0, 1], got " + most);
        require("coverage", coverage >= 0 && coverage <= 1, "must lie in [0, 1], got " + coverage);
    }

    private static void require(String field, boolean holds, String rule) {
        if (!holds) {
            throw new RefusedException("heldOutIdentity." + field, field + " " + rule);
        }
    }
}
