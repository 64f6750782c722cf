package org.plmfrontier.trainer.variant;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * One residue in the place of another.
 *
 * @param position in the protein, the first residue is 1
 * @param from token of the wild type
 * @param to token of the variant, one of the 20 standard residues
 */
record Substitution(int position, byte from, byte to) {
    Substitution {
        if (position < 1) {
            throw new IllegalArgumentException("position must be at least 1, got " + position);
        }
        if (!Vocabulary.isResidue(from) || !isStandard(to)) {
            throw new IllegalArgumentException("tokens " + from + " and " + to + " must be residues");
        }
    }

    static boolean isStandard(int token) {
        return token >= Vocabulary.FIRST_RESIDUE && token < Vocabulary.END_OF_STANDARD_RESIDUES;
    }
}
