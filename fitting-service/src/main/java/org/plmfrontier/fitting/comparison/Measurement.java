package org.plmfrontier.fitting.comparison;

import java.util.Collections;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plmfrontier.fitting.quantity.Convention;

/**
 * Of what the losses of a study's family are, as far as anybody told.
 *
 * @param heldOut what names the held-out proteins and masks that the losses are of: the corpus whose part they are, or the digest
 *     of a set that several corpora have; empty where nobody told, as of files
 * @param digests of those sets that are known by their digest
 * @param frequenciesNats loss of the amino-acid frequencies alone at the same task on the same proteins
 * @param convention which N, D and C the curves have
 */
public record Measurement(
        Task task,
        SortedSet<String> heldOut,
        SortedSet<String> digests,
        OptionalDouble frequenciesNats,
        Convention convention) {
    /** What a model is asked for. */
    public enum Task {
        /** Masked residues. */
        MASKED("masked residues"),
        /** Every next token. */
        CAUSAL("every next token"),
        /** Nobody told. */
        UNKNOWN("what nobody told");

        private final String words;

        Task(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    public Measurement {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(frequenciesNats, "frequenciesNats");
        Objects.requireNonNull(convention, "convention");
        heldOut = Collections.unmodifiableSortedSet(new TreeSet<>(heldOut));
        digests = Collections.unmodifiableSortedSet(new TreeSet<>(digests));
    }

    /** Whether the other is of the same proteins under the same masks: one name, and no two digests that differ. */
    boolean sameSetAs(Measurement other) {
        return heldOut.equals(other.heldOut)
                && (digests.isEmpty() || other.digests.isEmpty() || digests.equals(other.digests));
    }
}
