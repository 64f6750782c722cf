package org.plmfrontier.trainer.coordinates;

import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * ATOM and HETATM records of the PDB format, version 3.30: fixed columns.
 *
 * @param place file and line, for people
 */
record PdbLine(String text, String place) {
    private static final int CHAIN = 21;
    private static final int INSERTION = 26;
    private static final int SHORTEST = 54;

    boolean isAtom() {
        return text.startsWith("ATOM  ") || text.startsWith("HETATM");
    }

    boolean endsModel() {
        return text.startsWith("ENDMDL");
    }

    /** @throws UnusableDataException where a column holds no number */
    Atom atom() throws UnusableDataException {
        if (text.length() < SHORTEST) {
            throw new UnusableDataException(place + ": an atom's record has " + text.length()
                    + " characters, its coordinates end at " + SHORTEST);
        }
        String occupancy = text.length() >= 60 ? text.substring(54, 60).strip() : "";
        Atom.Owner owner = new Atom.Owner(
                text.startsWith("HETATM"),
                text.substring(CHAIN, CHAIN + 1).strip(),
                text.substring(17, 20).strip(),
                Fields.whole("residue number", text.substring(22, INSERTION), place),
                text.substring(INSERTION, INSERTION + 1).strip());
        return new Atom(
                owner,
                text.substring(12, 16).strip(),
                occupancy.isEmpty() ? 1 : Fields.number("occupancy", occupancy, place),
                new Residue.Point(
                        Fields.number("x", text.substring(30, 38), place),
                        Fields.number("y", text.substring(38, 46), place),
                        Fields.number("z", text.substring(46, 54), place)));
    }
}
