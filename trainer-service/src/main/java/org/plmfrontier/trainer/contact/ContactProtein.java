package org.plmfrontier.trainer.contact;

import java.util.BitSet;
import java.util.Objects;
import org.plmfrontier.trainer.protein.Protein;

/**
 * A protein whose contacts are known.
 *
 * @param numbers place of each residue in the whole chain, rising; they jump where residues are missing [residues]
 * @param known residues whose contacts are known
 * @param contacts pairs in contact, i * residues + j for i < j, both from 0
 */
record ContactProtein(Protein protein, int[] numbers, BitSet known, BitSet contacts) {
    /** Pairs nearer in the sequence do not count: they touch whatever the fold (Rao et al. 2020). */
    static final int SHORTEST_SEPARATION = 6;

    ContactProtein {
        Objects.requireNonNull(known, "known");
        Objects.requireNonNull(contacts, "contacts");
        if (numbers.length != protein.length()) {
            throw new IllegalArgumentException("numbers of protein '" + protein.name() + "' must be " + protein.length()
                    + ", got " + numbers.length);
        }
    }

    int length() {
        return numbers.length;
    }

    boolean isContact(int i, int j) {
        return contacts.get(i * length() + j);
    }

    /** Whether a pair i < j counts: both are known and they are 6 residues apart at least. */
    boolean counts(int i, int j) {
        return numbers[j] - numbers[i] >= SHORTEST_SEPARATION && known.get(i) && known.get(j);
    }
}
