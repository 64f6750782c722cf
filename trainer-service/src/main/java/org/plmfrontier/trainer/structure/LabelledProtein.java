package org.plmfrontier.trainer.structure;

import java.util.Arrays;
import java.util.Objects;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.protein.Protein;

/**
 * A protein with the state of each residue.
 *
 * @param states 0 coil, 1 strand, 2 helix, {@link #NOT_COUNTED} where the residue is not resolved [residues]; not copied
 */
record LabelledProtein(Protein protein, byte[] states) {
    /** The letters of the states, in their order. */
    static final String LETTERS = "CEH";

    static final byte NOT_COUNTED = -1;

    LabelledProtein {
        Objects.requireNonNull(protein, "protein");
        if (states.length != protein.length()) {
            throw new IllegalArgumentException("states of protein '" + protein.name() + "' must be " + protein.length()
                    + ", got " + states.length);
        }
    }

    /** Its first residues, as if it ended there. */
    LabelledProtein cropped(int residues) {
        if (residues >= states.length) {
            return this;
        }
        byte[] tokens = Arrays.copyOf(protein.tokens(), residues + 2);
        tokens[residues + 1] = Vocabulary.END;
        return new LabelledProtein(new Protein(protein.name(), tokens), Arrays.copyOf(states, residues));
    }

    /** States of the residues that count. */
    byte[] counted() {
        byte[] counted = new byte[states.length];
        int size = 0;
        for (byte state : states) {
            if (state != NOT_COUNTED) {
                counted[size++] = state;
            }
        }
        return Arrays.copyOf(counted, size);
    }
}
