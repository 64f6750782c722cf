package org.plmfrontier.trainer.contact;

/** How far apart in the sequence two residues are, as in CASP (Monastyrskyy et al. 2014). */
enum Range {
    SHORT(ContactProtein.SHORTEST_SEPARATION, 11),
    MEDIUM(12, 23),
    LONG(24, Integer.MAX_VALUE);

    private final int least;
    private final int most;

    Range(int least, int most) {
        this.least = least;
        this.most = most;
    }

    boolean holds(int separation) {
        return separation >= least && separation <= most;
    }
}
