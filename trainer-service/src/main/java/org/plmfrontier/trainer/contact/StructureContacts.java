package org.plmfrontier.trainer.contact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.trainer.coordinates.Chain;
import org.plmfrontier.trainer.coordinates.Residue;
import org.plmfrontier.trainer.coordinates.StructureFile;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.Protein;

/** Contacts of a chain: C-beta atoms, C-alpha of glycine, less than 8 Angstrom apart. */
final class StructureContacts {
    private static final double NEAR = 8;

    private StructureContacts() {}

    /**
     * The protein of a file: the residues that have atoms.
     *
     * @param name of the file, for people
     * @param chain which of several
     * @throws UnusableDataException with the file where it cannot be read, or where the chain is not clear
     */
    static ContactProtein read(Path file, String name, Optional<String> chain)
            throws IOException, UnusableDataException {
        List<Chain> chains = StructureFile.read(file, name);
        List<String> ids = chains.stream().map(Chain::id).toList();
        if (chain.isEmpty() && chains.size() > 1) {
            throw new UnusableDataException(name + ": has the chains " + ids + ", name one by the option chain");
        }
        Chain chosen = chains.stream()
                .filter(one -> chain.isEmpty() || chain.get().equals(one.id()))
                .findFirst()
                .orElseThrow(() -> new UnusableDataException(
                        name + ": has no chain '" + chain.orElseThrow() + "', it has " + ids));
        return of(name, chosen);
    }

    static ContactProtein of(String name, Chain chain) {
        List<Residue> residues = chain.residues();
        int length = residues.size();
        BitSet known = new BitSet();
        BitSet contacts = new BitSet();
        for (int i = 0; i < length; i++) {
            Optional<Residue.Point> point = residues.get(i).point();
            known.set(i, point.isPresent());
            for (int j = i + 1; j < length && point.isPresent(); j++) {
                Optional<Residue.Point> other = residues.get(j).point();
                contacts.set(i * length + j, other.isPresent() && point.get().distance(other.get()) < NEAR);
            }
        }
        int[] numbers = residues.stream().mapToInt(Residue::number).toArray();
        return new ContactProtein(Protein.of(name, chain.sequence()), numbers, known, contacts);
    }
}
