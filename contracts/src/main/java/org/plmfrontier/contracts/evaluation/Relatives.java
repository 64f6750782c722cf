package org.plmfrontier.contracts.evaluation;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many of an evaluation's proteins have a relative among those of a training corpus, by MMseqs2's search (Steinegger and
 * Soeding 2017): an alignment over 80 % of the evaluated protein.
 *
 * @param corpus id of the corpus
 * @param proteins of the evaluation
 * @param shares by identity, ascending; empty exactly where {@code unknown} says why
 * @param unknown why it is not known, one sentence; null where it is
 */
public record Relatives(
        String corpus,
        long proteins,
        List<Share> shares,
        @Nullable String unknown) {
    /**
     * Of the proteins, those with a relative.
     *
     * @param identity least share of equal residues in the alignment, 0 to 1
     * @param proteins how many have one
     */
    public record Share(double identity, long proteins) {
        public Share {
            if (!(identity > 0 && identity <= 1) || proteins < 0) {
                throw new IllegalArgumentException(proteins + " proteins with a relative at identity " + identity);
            }
        }
    }

    public Relatives {
        Objects.requireNonNull(corpus, "corpus");
        shares = List.copyOf(shares);
        if (proteins < 0 || shares.isEmpty() == (unknown == null)) {
            throw new IllegalArgumentException("relatives of " + proteins + " proteins in corpus " + corpus
                    + ": shares " + shares + ", unknown " + unknown);
        }
    }

    /** It is not known. */
    public static Relatives unknown(String corpus, String reason) {
        return new Relatives(corpus, 0, List.of(), reason);
    }
}
