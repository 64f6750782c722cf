package org.plmfrontier.dataset.residue;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * Tells nucleotides from proteins by the first residues of a file: of proteins' residues about a quarter are letters
 * that nucleotides have too. Not thread-safe.
 */
final class NucleotideShare {
    private static final int FEWEST = 100;
    private static final int MOST = 1 << 20;
    private static final double SHARE = 0.95;
    private static final boolean[] NUCLEOTIDE = new boolean[Vocabulary.SIZE];

    static {
        "ACGTUN".chars().forEach(letter -> NUCLEOTIDE[Vocabulary.idOf(letter)] = true);
    }

    private long seen;
    private long nucleotides;

    void add(byte[] residues, int length) {
        int counted = (int) Math.min(length, MOST - seen);
        for (int i = 0; i < counted; i++) {
            nucleotides += NUCLEOTIDE[residues[i]] ? 1 : 0;
        }
        seen += counted;
    }

    boolean looksLikeDna() {
        return seen >= FEWEST && nucleotides >= SHARE * seen;
    }
}
