package org.plmfrontier.contracts.masking;

import org.plmfrontier.contracts.token.Vocabulary;

/** What stands in the model's input at a residue that it has to predict. */
public enum Shown {
    /** MASK: the residue is hidden. */
    MASK,
    /** Another residue than the true one, drawn at random. */
    RANDOM,
    /** The true residue: left unchanged, or drawn by chance, which nobody who sees the input can tell apart. */
    UNCHANGED;

    /**
     * What is shown of a selected residue.
     *
     * @param shown token of the input
     * @param truth token to predict
     */
    public static Shown of(int shown, int truth) {
        if (shown == Vocabulary.MASK) {
            return MASK;
        }
        return shown == truth ? UNCHANGED : RANDOM;
    }
}
