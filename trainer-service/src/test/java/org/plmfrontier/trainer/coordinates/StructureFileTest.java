package org.plmfrontier.trainer.coordinates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.trainer.downstream.UnusableDataException;

class StructureFileTest {
    @TempDir
    Path folder;

    @Test
    void bothFormatsGiveTheSameResiduesWithGapsAndModifiedOnes() throws IOException, UnusableDataException {
        MadeUpStructure structure = new MadeUpStructure()
                .atom("MSE", 3, "CA", 1, 2, 3)
                .atom("MSE", 3, "CB", 1, 2, 4)
                .atom("GLY", 4, "CA", 5, 6, 7)
                .atom("ALA", 9, "CA", 0, 0, 0)
                .atom(new MadeUpStructure.Kind("HETATM", "A", " ", 1, 1), "HOH", 200, "O", new Residue.Point(9, 9, 9))
                .atom(new MadeUpStructure.Kind("HETATM", "A", " ", 1, 1), "CA", 201, "CA", new Residue.Point(9, 9, 9));
        List<Chain> chains = pdb(structure.pdb());
        assertThat(mmcif(structure.mmcif())).isEqualTo(chains);
        assertThat(chains).hasSize(1);
        assertThat(chains.getFirst().id()).isEqualTo("A");
        assertThat(chains.getFirst().sequence()).isEqualTo("MGA");
        assertThat(chains.getFirst().residues()).extracting(Residue::number).containsExactly(0, 1, 6);
        assertThat(chains.getFirst().residues().get(0).point()).hasValue(new Residue.Point(1, 2, 4));
        assertThat(chains.getFirst().residues().get(1).point()).hasValue(new Residue.Point(5, 6, 7));
        assertThat(chains.getFirst().residues().get(2).point())
                .as("alanine without its C-beta")
                .isEmpty();
    }

    @Test
    void ofAlternateLocationsTheMostOccupiedCountsAndOfModelsTheFirst() throws IOException, UnusableDataException {
        MadeUpStructure structure = new MadeUpStructure()
                .alternate("SER", 1, "CB", "A", 0.4, 1)
                .alternate("SER", 1, "CB", "B", 0.6, 2)
                .alternate("THR", 1, "CB", "C", 0.9, 3)
                .atom("LEU", 2, "CB", 4, 0, 0)
                .endOfModel()
                .atom(new MadeUpStructure.Kind("ATOM", "A", " ", 1, 2), "LEU", 3, "CB", new Residue.Point(7, 0, 0));
        List<Chain> chains = pdb(structure.pdb());
        assertThat(mmcif(structure.mmcif())).isEqualTo(chains);
        assertThat(chains.getFirst().sequence()).isEqualTo("SL");
        assertThat(chains.getFirst().residues().getFirst().point()).hasValue(new Residue.Point(2, 0, 0));
    }

    @Test
    void insertionCodesAreFurtherPlacesAndUnknownResiduesAreX() throws IOException, UnusableDataException {
        String text = new MadeUpStructure()
                .atom("TRP", 52, "CB", 0, 0, 0)
                .atom("ABC", 52, "CB", 1, 0, 0)
                .atom("TYR", 53, "CB", 2, 0, 0)
                .pdb();
        String[] lines = text.split("\n");
        lines[2] = lines[2].substring(0, 26) + "A" + lines[2].substring(27);
        Chain chain = pdb(String.join("\n", lines)).getFirst();
        assertThat(chain.sequence()).isEqualTo("WXY");
        assertThat(chain.residues()).extracting(Residue::number).containsExactly(0, 1, 2);
    }

    @Test
    void chainsAreApart() throws IOException, UnusableDataException {
        MadeUpStructure structure = new MadeUpStructure()
                .atom("ALA", 1, "CB", 0, 0, 0)
                .atom(new MadeUpStructure.Kind("ATOM", "B", " ", 1, 1), "TRP", 1, "CB", new Residue.Point(0, 0, 0));
        assertThat(pdb(structure.pdb())).extracting(Chain::sequence).containsExactly("A", "W");
        assertThat(mmcif(structure.mmcif())).extracting(Chain::id).containsExactly("A", "B");
    }

    @Test
    void whatCannotBeReadIsRefusedWithFileAndLine() {
        String text = new MadeUpStructure().atom("ALA", 1, "CB", 0, 0, 0).pdb();
        assertThatThrownBy(() -> pdb(text.replace("   0.000   0.000", "   0.000   0.0x0")))
                .isInstanceOf(UnusableDataException.class)
                .hasMessage("one.pdb, line 2: y must be a number, got '0.0x0'");
        assertThatThrownBy(() -> pdb("ATOM      1  CB  ALA A   1\n"))
                .hasMessageContaining("one.pdb, line 1")
                .hasMessageContaining("coordinates end at 54");
        String cif = new MadeUpStructure().atom("ALA", 1, "CB", 0, 0, 0).mmcif();
        assertThatThrownBy(() -> mmcif(cif.replace("? 0.000 0.000", "? 0.000 abc")))
                .hasMessageContaining("one.cif, line 37: Cartn_y must be a number, got 'abc'");
        assertThatThrownBy(() -> mmcif(cif.replace("_atom_site.Cartn_z", "_atom_site.other")))
                .hasMessageContaining("no column _atom_site.cartn_z");
        assertThatThrownBy(() -> mmcif(cif.replace(" 1\n#", "\n#")))
                .hasMessageContaining("the last atom has 20 values of 21");
        assertThatThrownBy(() -> pdb("no structure\n")).hasMessageContaining("no atom of an amino acid");
    }

    private List<Chain> pdb(String text) throws IOException, UnusableDataException {
        Path file = Files.writeString(folder.resolve("one.pdb"), text);
        return StructureFile.read(file, "one.pdb");
    }

    private List<Chain> mmcif(String text) throws IOException, UnusableDataException {
        Path file = Files.writeString(folder.resolve("one.cif"), text);
        return StructureFile.read(file, "one.cif");
    }
}
