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
 * @param heldOut corpora whose held-out proteins, and masks, the losses are of; empty where nobody told, as of files
 * @param frequenciesNats loss of the amino-acid frequencies alone at the same task on the same proteins
 * @param convention which N, D and C the curves have
 */
public record Measurement(Task task, SortedSet<String> heldOut, OptionalDouble frequenciesNats, Convention convention) {
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
    }
}
