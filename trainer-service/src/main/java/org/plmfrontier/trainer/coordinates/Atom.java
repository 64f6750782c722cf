package org.plmfrontier.trainer.coordinates;

/** An atom as a file gives it. */
record Atom(Owner owner, String name, double occupancy, Residue.Point point) {
    /**
     * The residue that it belongs to.
     *
     * @param hetero of a HETATM record
     * @param name of the residue, three letters
     * @param number of the residue
     * @param insertion code, empty where it has none
     */
    record Owner(boolean hetero, String chain, String name, int number, String insertion) {}
}
