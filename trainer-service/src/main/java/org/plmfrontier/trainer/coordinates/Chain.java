package org.plmfrontier.trainer.coordinates;

import java.util.List;
import java.util.Objects;

/**
 * A chain of amino acids in a structure.
 *
 * @param id as the authors of the structure name it
 * @param residues those with atoms, in the file's order
 */
public record Chain(String id, List<Residue> residues) {
    public Chain {
        Objects.requireNonNull(id, "id");
        residues = List.copyOf(residues);
    }

    /** The residues' letters. */
    public String sequence() {
        StringBuilder letters = new StringBuilder();
        residues.forEach(residue -> letters.append(residue.letter()));
        return letters.toString();
    }
}
