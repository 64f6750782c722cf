package org.plmfrontier.trainer.coordinates;

import java.util.List;
import java.util.Locale;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/** The columns of an mmCIF file's {@code _atom_site} loop, by name. A dot or a question mark is no value. */
final class AtomSiteColumns {
    private static final String PREFIX = "_atom_site.";

    private final List<String> names;

    /**
     * The columns.
     *
     * @param names with their prefix, in the file's order
     * @param place file and line, for people
     * @throws UnusableDataException where one is missing that is needed
     */
    AtomSiteColumns(List<String> names, String place) throws UnusableDataException {
        this.names = names.stream()
                .map(name -> name.substring(PREFIX.length()).toLowerCase(Locale.ROOT))
                .toList();
        for (String needed : List.of("group_pdb", "label_atom_id", "label_comp_id", "cartn_x", "cartn_y", "cartn_z")) {
            require(this.names.contains(needed), needed, place);
        }
        require(has("label_seq_id") || has("auth_seq_id"), "label_seq_id", place);
        require(has("auth_asym_id") || has("label_asym_id"), "auth_asym_id", place);
    }

    int size() {
        return names.size();
    }

    /** Of atoms that belong to a chain of residues: ligands and waters have no number in it. */
    boolean isPolymer(List<String> values) {
        return !has("label_seq_id") || !value(values, "label_seq_id").isEmpty();
    }

    /** Empty where there is but one model. */
    String model(List<String> values) {
        return value(values, "pdbx_pdb_model_num");
    }

    /** @throws UnusableDataException where a value is no number */
    Atom atom(List<String> values, String place) throws UnusableDataException {
        boolean numbered = has("label_seq_id");
        String occupancy = value(values, "occupancy");
        Atom.Owner owner = new Atom.Owner(
                value(values, "group_pdb").equals("HETATM"),
                value(values, has("auth_asym_id") ? "auth_asym_id" : "label_asym_id"),
                value(values, "label_comp_id"),
                Fields.whole("residue number", value(values, numbered ? "label_seq_id" : "auth_seq_id"), place),
                numbered ? "" : value(values, "pdbx_pdb_ins_code"));
        return new Atom(
                owner,
                value(values, "label_atom_id"),
                occupancy.isEmpty() ? 1 : Fields.number("occupancy", occupancy, place),
                new Residue.Point(
                        Fields.number("Cartn_x", value(values, "cartn_x"), place),
                        Fields.number("Cartn_y", value(values, "cartn_y"), place),
                        Fields.number("Cartn_z", value(values, "cartn_z"), place)));
    }

    private boolean has(String name) {
        return names.contains(name);
    }

    private String value(List<String> values, String name) {
        int column = names.indexOf(name);
        String value = column < 0 ? "" : values.get(column);
        return value.equals(".") || value.equals("?") ? "" : value;
    }

    private static void require(boolean present, String name, String place) throws UnusableDataException {
        if (!present) {
            throw new UnusableDataException(place + ": the atoms have no column " + PREFIX + name);
        }
    }
}
