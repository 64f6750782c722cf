package org.plmfrontier.trainer.coordinates;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.TextFile;

/**
 * A file of the Protein Data Bank, in PDB format or mmCIF (its first line says which), plain or compressed by gzip. Read are the
 * chains of amino acids of the first model. Numbers of residues are those of the file, {@code label_seq_id} in mmCIF.
 */
public final class StructureFile {
    private StructureFile() {}

    /**
     * The chains.
     *
     * @param name of the file, for people
     * @throws UnusableDataException with file and line where an atom cannot be read, or where there is no chain
     */
    public static List<Chain> read(Path file, String name) throws IOException, UnusableDataException {
        ChainBuilder chains = new ChainBuilder();
        try (BufferedReader lines = TextFile.open(file)) {
            read(lines, name, chains);
        } catch (IOException e) {
            throw new UnusableDataException(name + " cannot be read: " + e.getMessage());
        }
        List<Chain> found = chains.chains();
        if (found.isEmpty()) {
            throw new UnusableDataException(name + ": no atom of an amino acid; name a PDB or mmCIF file");
        }
        return found;
    }

    private static void read(BufferedReader lines, String name, ChainBuilder chains)
            throws IOException, UnusableDataException {
        MmcifReading mmcif = new MmcifReading(chains);
        boolean isMmcif = false;
        boolean begun = false;
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!begun && !line.isBlank() && !line.startsWith("#")) {
                begun = true;
                isMmcif = line.startsWith("data_");
            }
            String place = name + ", line " + number;
            PdbLine pdb = new PdbLine(line, place);
            if (isMmcif) {
                mmcif.accept(line, place);
            } else if (pdb.isAtom()) {
                chains.add(pdb.atom());
            } else if (pdb.endsModel()) {
                return;
            }
        }
        mmcif.end(name + ", line " + number);
    }
}
