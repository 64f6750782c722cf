package org.plmfrontier.trainer.protein;

import java.util.Objects;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * A protein.
 *
 * @param name the first word of its header
 * @param tokens START, the residues, END: the place of a residue is its position, counted from 1; not copied, callers must
 *     not change it
 */
public record Protein(String name, byte[] tokens) {
    /** Tokens beside the residues. */
    private static final int MARKS = 2;

    public Protein {
        Objects.requireNonNull(name, "name");
        if (tokens.length <= MARKS || tokens[0] != Vocabulary.START || tokens[tokens.length - 1] != Vocabulary.END) {
            throw new IllegalArgumentException("tokens of protein '" + name + "' must be START, residues, END");
        }
    }

    /**
     * A protein of letters.
     *
     * @throws IllegalArgumentException with the first letter that is no residue, and its position
     */
    public static Protein of(String name, String letters) {
        byte[] tokens = new byte[letters.length() + MARKS];
        tokens[0] = Vocabulary.START;
        tokens[tokens.length - 1] = Vocabulary.END;
        for (int i = 0; i < letters.length(); i++) {
            int token = letters.charAt(i) == 'J' || letters.charAt(i) == 'j'
                    ? Vocabulary.idOf('X')
                    : Vocabulary.idOf(letters.charAt(i));
            if (token < 0) {
                throw new IllegalArgumentException("'" + letters.charAt(i) + "' at residue " + (i + 1));
            }
            tokens[i + 1] = (byte) token;
        }
        return new Protein(name, tokens);
    }

    /** Number of residues. */
    public int length() {
        return tokens.length - MARKS;
    }

    /** The letter at a position, the first is 1. */
    public char letter(int position) {
        return Vocabulary.letterOf(tokens[position]);
    }
}
