package org.plmfrontier.trainer.variant;

import java.util.Comparator;
import java.util.List;
import org.plmfrontier.trainer.protein.Protein;

/**
 * A protein with substitutions.
 *
 * @param substitutions one at least, each at another position, ascending
 */
record Variant(List<Substitution> substitutions) {
    Variant {
        substitutions = substitutions.stream()
                .sorted(Comparator.comparingInt(Substitution::position))
                .toList();
        if (substitutions.stream().map(Substitution::position).distinct().count() != substitutions.size()
                || substitutions.isEmpty()) {
            throw new IllegalArgumentException(
                    "a variant has substitutions at different positions, got " + substitutions);
        }
    }

    int first() {
        return substitutions.getFirst().position();
    }

    int last() {
        return substitutions.getLast().position();
    }

    /** The wild type's tokens with the substitutions made. */
    byte[] tokens(Protein wildType) {
        byte[] tokens = wildType.tokens().clone();
        substitutions.forEach(substitution -> tokens[substitution.position()] = substitution.to());
        return tokens;
    }
}
