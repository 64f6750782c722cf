package org.plmfrontier.trainer.coordinates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Atoms put together to chains. Of alternate locations the one with the highest occupancy counts, the first of equal ones; of
 * alternate residues the first. Not thread-safe.
 */
final class ChainBuilder {
    private final Map<String, Map<String, Parts>> chains = new LinkedHashMap<>();

    /** What is known of a residue. */
    private static final class Parts {
        private final String name;
        private final int number;
        private @Nullable Atom alpha;
        private @Nullable Atom beta;

        Parts(Atom.Owner first) {
            name = first.name();
            number = first.number();
        }

        void add(Atom atom) {
            if (atom.name().equals("CA") && (alpha == null || atom.occupancy() > alpha.occupancy())) {
                alpha = atom;
            } else if (atom.name().equals("CB") && (beta == null || atom.occupancy() > beta.occupancy())) {
                beta = atom;
            }
        }

        boolean isAminoAcid() {
            return alpha != null || beta != null;
        }

        Residue residue(int place) {
            char letter = ResidueNames.letter(name).orElse('X');
            Atom atom = letter == 'G' ? alpha : beta;
            return new Residue(letter, place, Optional.ofNullable(atom).map(Atom::point));
        }
    }

    /** Takes an atom; ligands and waters are passed over. */
    void add(Atom atom) {
        Atom.Owner owner = atom.owner();
        if (owner.hetero() && ResidueNames.letter(owner.name()).isEmpty()) {
            return;
        }
        Parts parts = chains.computeIfAbsent(owner.chain(), id -> new LinkedHashMap<>())
                .computeIfAbsent(owner.number() + owner.insertion(), key -> new Parts(owner));
        if (parts.name.equals(owner.name())) {
            parts.add(atom);
        }
    }

    /** The chains that have amino acids. */
    List<Chain> chains() {
        List<Chain> found = new ArrayList<>();
        chains.forEach((id, residues) -> {
            List<Residue> made = residues(
                    residues.values().stream().filter(Parts::isAminoAcid).toList());
            if (!made.isEmpty()) {
                found.add(new Chain(id, made));
            }
        });
        return found;
    }

    /** Numbers that do not rise, as behind an insertion code, count as the next place. */
    private static List<Residue> residues(List<Parts> parts) {
        List<Residue> residues = new ArrayList<>();
        int place = 0;
        for (int i = 0; i < parts.size(); i++) {
            place += i == 0 ? 0 : Math.max(1, parts.get(i).number - parts.get(i - 1).number);
            residues.add(parts.get(i).residue(place));
        }
        return residues;
    }
}
