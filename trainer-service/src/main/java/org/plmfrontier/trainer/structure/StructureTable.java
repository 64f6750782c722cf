package org.plmfrontier.trainer.structure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.downstream.SetApart;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.protein.TextFile;

/**
 * A table of proteins with their secondary structure: tab-separated, plain or compressed by gzip, a header with {@code id},
 * {@code sequence}, {@code ss3} and, where not all residues are resolved, {@code resolved_mask}, in any order. A row that cannot
 * be used is set apart with its line.
 *
 * @param proteins in the file's order
 * @param findings what is set apart, in sentences
 */
record StructureTable(List<LabelledProtein> proteins, List<String> findings) {
    StructureTable {
        proteins = List.copyOf(proteins);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a file.
     *
     * @param name of the file, for people
     * @throws UnusableDataException where it holds no protein that can be used
     */
    static StructureTable read(Path file, String name) throws IOException, UnusableDataException {
        List<LabelledProtein> proteins = new ArrayList<>();
        SetApart apart = new SetApart(name, "proteins");
        long line = 1;
        try (BufferedReader lines = TextFile.open(file)) {
            Columns columns = Columns.of(lines.readLine(), name);
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) {
                    add(columns, text, line, proteins, apart);
                }
            }
        } catch (IOException e) {
            throw new UnusableDataException(name + ": cannot be read behind line " + line + ": " + e.getMessage());
        }
        if (proteins.isEmpty()) {
            throw new UnusableDataException("no protein can be used: "
                    + (apart.count() == 0
                            ? name + ": no row behind the header"
                            : String.join("; ", apart.sentences())));
        }
        return new StructureTable(proteins, apart.sentences());
    }

    private static void add(Columns columns, String text, long line, List<LabelledProtein> proteins, SetApart apart) {
        String[] fields = text.split("\t", -1);
        if (fields.length < columns.count) {
            apart.add("a row is short of fields", line, fields.length + " of " + columns.count);
            return;
        }
        String id = fields[columns.id].strip();
        String sequence = fields[columns.sequence].strip();
        String states = fields[columns.states].strip();
        String mask = columns.mask < 0 ? "1".repeat(sequence.length()) : fields[columns.mask].strip();
        if (sequence.isEmpty()) {
            apart.add("without residues", line, id);
        } else if (states.length() != sequence.length()) {
            apart.add(
                    "labels are not as many as residues",
                    line,
                    id + ": " + states.length() + " for " + sequence.length());
        } else if (mask.length() != sequence.length()) {
            apart.add(
                    "the mask is not as long as the protein",
                    line,
                    id + ": " + mask.length() + " for " + sequence.length());
        } else {
            addSound(id, line, new String[] {sequence, states, mask}, proteins, apart);
        }
    }

    private static void addSound(
            String id, long line, String[] columns, List<LabelledProtein> proteins, SetApart apart) {
        byte[] states = new byte[columns[0].length()];
        boolean counts = false;
        for (int i = 0; i < states.length; i++) {
            int state = LabelledProtein.LETTERS.indexOf(Character.toUpperCase(columns[1].charAt(i)));
            char resolved = columns[2].charAt(i);
            if (resolved != '0' && resolved != '1') {
                apart.add("the mask has other marks than 0 and 1", line, id + ": '" + resolved + "' at " + (i + 1));
                return;
            }
            if (state < 0) {
                apart.add(
                        "a label is none of C, E, H (eight states are to be reduced to three)",
                        line,
                        id + ": '" + columns[1].charAt(i) + "' at " + (i + 1));
                return;
            }
            states[i] = resolved == '1' ? (byte) state : LabelledProtein.NOT_COUNTED;
            counts |= resolved == '1';
        }
        if (!counts) {
            apart.add("no residue is resolved", line, id);
            return;
        }
        try {
            proteins.add(new LabelledProtein(Protein.of(id, columns[0]), states));
        } catch (IllegalArgumentException e) {
            apart.add("a letter is no residue", line, id + ": " + e.getMessage());
        }
    }

    /** Where the columns are; {@code mask} is -1 where there is none. */
    private record Columns(int count, int id, int sequence, int states, int mask) {
        static Columns of(@Nullable String header, String name) throws UnusableDataException {
            if (header == null) {
                throw new UnusableDataException(name + " is empty");
            }
            String plain = header.startsWith("\uFEFF") ? header.substring(1) : header;
            List<String> names = Arrays.stream(plain.split("\t", -1))
                    .map(field -> field.strip().toLowerCase(Locale.ROOT))
                    .toList();
            for (String needed : List.of("id", "sequence", "ss3")) {
                if (!names.contains(needed)) {
                    throw new UnusableDataException(name + ", line 1: no column '" + needed
                            + "'; the header must have id, sequence, ss3 and may have resolved_mask, separated by tabs,"
                            + " it has " + names);
                }
            }
            return new Columns(
                    names.size(),
                    names.indexOf("id"),
                    names.indexOf("sequence"),
                    names.indexOf("ss3"),
                    names.indexOf("resolved_mask"));
        }
    }
}
