package org.plmfrontier.trainer.coordinates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Atoms of made-up structures, written in both formats of the Protein Data Bank. */
public final class MadeUpStructure {
    private final List<String> pdb = new ArrayList<>();
    private final List<String> mmcif = new ArrayList<>();
    private int serial;

    /** An atom of chain A in the first model. */
    public MadeUpStructure atom(String residue, int number, String name, double x, double y, double z) {
        Kind kind = residue.equals("MSE") ? new Kind("HETATM", "A", " ", 1, 1) : Kind.USUAL;
        return atom(kind, residue, number, name, new Residue.Point(x, y, z));
    }

    /** An atom of an alternate location. */
    public MadeUpStructure alternate(
            String residue, int number, String name, String location, double occupancy, double x) {
        return atom(new Kind("ATOM", "A", location, occupancy, 1), residue, number, name, new Residue.Point(x, 0, 0));
    }

    /** What most atoms have in common. */
    record Kind(String group, String chain, String location, double occupancy, int model) {
        static final Kind USUAL = new Kind("ATOM", "A", " ", 1, 1);
    }

    MadeUpStructure atom(Kind kind, String residue, int number, String name, Residue.Point at) {
        serial++;
        pdb.add(String.format(
                Locale.ROOT,
                "%-6s%5d  %-3s%s%-3s %s%4d    %8.3f%8.3f%8.3f%6.2f%6.2f           C",
                kind.group,
                serial,
                name,
                kind.location,
                residue,
                kind.chain,
                number,
                at.x(),
                at.y(),
                at.z(),
                kind.occupancy,
                20.0));
        String sequenceNumber = kind.group.equals("HETATM") && !residue.equals("MSE") ? "." : Integer.toString(number);
        mmcif.add(String.format(
                Locale.ROOT,
                "%s %d C \"%s\" %s %s A 1 %s ? %.3f %.3f %.3f %.2f 20.0 ? %d %s %s %s %d",
                kind.group,
                serial,
                name,
                kind.location.isBlank() ? "." : kind.location,
                residue,
                sequenceNumber,
                at.x(),
                at.y(),
                at.z(),
                kind.occupancy,
                number,
                residue,
                kind.chain,
                name,
                kind.model));
        return this;
    }

    /** Ends the first model; what follows belongs to the second. */
    MadeUpStructure endOfModel() {
        pdb.add("ENDMDL");
        return this;
    }

    public String pdb() {
        return "HEADER    MADE UP\n" + String.join("\n", pdb) + "\nEND\n";
    }

    public String mmcif() {
        return """
                data_MADE
                #
                _entry.id MADE
                _struct.title
                ;A text that says
                loop_
                _atom_site.id
                and means nothing
                ;
                loop_
                _atom_type.symbol
                C
                N
                #
                loop_
                _atom_site.group_PDB
                _atom_site.id
                _atom_site.type_symbol
                _atom_site.label_atom_id
                _atom_site.label_alt_id
                _atom_site.label_comp_id
                _atom_site.label_asym_id
                _atom_site.label_entity_id
                _atom_site.label_seq_id
                _atom_site.pdbx_PDB_ins_code
                _atom_site.Cartn_x
                _atom_site.Cartn_y
                _atom_site.Cartn_z
                _atom_site.occupancy
                _atom_site.B_iso_or_equiv
                _atom_site.pdbx_formal_charge
                _atom_site.auth_seq_id
                _atom_site.auth_comp_id
                _atom_site.auth_asym_id
                _atom_site.auth_atom_id
                _atom_site.pdbx_PDB_model_num
                """ + String.join("\n", mmcif) + "\n#\nloop_\n_other.id\n1\n2\n#\n";
    }
}
