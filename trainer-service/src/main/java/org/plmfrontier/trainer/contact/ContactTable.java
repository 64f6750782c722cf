package org.plmfrontier.trainer.contact;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plmfrontier.trainer.downstream.SetApart;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.TextFile;

/**
 * A table of contacts: tab-separated, plain or compressed by gzip, a header with {@code id}, {@code i}, {@code j} in any order.
 * The residues i and j of the protein id, counted from 1, touch. A row that cannot be used is set apart with its line.
 */
final class ContactTable {
    private final Map<String, Integer> lengths;
    private final Map<String, BitSet> contacts;
    private final SetApart apart;

    /**
     * A reader.
     *
     * @param lengths residues of the proteins that there are
     * @param contacts target, by protein: i * residues + j for i < j, both from 0
     */
    private ContactTable(Map<String, Integer> lengths, Map<String, BitSet> contacts, SetApart apart) {
        this.lengths = lengths;
        this.contacts = contacts;
        this.apart = apart;
    }

    /**
     * Adds the contacts of a file.
     *
     * @param name of the file, for people
     * @param lengths residues of the proteins that there are
     * @param contacts target, by protein: i * residues + j for i < j, both from 0
     * @return what is set apart, in sentences
     * @throws UnusableDataException where it is no such table
     */
    static List<String> read(Path file, String name, Map<String, Integer> lengths, Map<String, BitSet> contacts)
            throws IOException, UnusableDataException {
        SetApart apart = new SetApart(name, "contacts");
        ContactTable table = new ContactTable(lengths, contacts, apart);
        long line = 1;
        try (BufferedReader lines = TextFile.open(file)) {
            String header = lines.readLine();
            List<String> names = Arrays.stream((header == null ? "" : header).split("\t", -1))
                    .map(field -> field.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
                    .toList();
            int[] columns = {names.indexOf("id"), names.indexOf("i"), names.indexOf("j")};
            if (Arrays.stream(columns).anyMatch(column -> column < 0)) {
                throw new UnusableDataException(
                        name + ", line 1: the header must have id, i and j, separated by tabs, it has " + names);
            }
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) {
                    table.add(text.split("\t", -1), columns, line);
                }
            }
        } catch (IOException e) {
            throw new UnusableDataException(name + ": cannot be read behind line " + line + ": " + e.getMessage());
        }
        return apart.sentences();
    }

    private void add(String[] fields, int[] columns, long line) {
        if (fields.length <= Arrays.stream(columns).max().orElseThrow()) {
            apart.add("a row is short of fields", line, fields.length + " fields");
            return;
        }
        String id = fields[columns[0]].strip();
        Integer length = lengths.get(id);
        if (length == null) {
            apart.add("there is no such protein", line, id);
            return;
        }
        int i = place(fields[columns[1]], length);
        int j = place(fields[columns[2]], length);
        if (i < 0 || j < 0 || i == j) {
            String pair = fields[columns[1]].strip() + " and " + fields[columns[2]].strip();
            apart.add(
                    "i and j are no two residues from 1 to the protein's length",
                    line,
                    id + ": " + pair + " of " + length);
            return;
        }
        contacts.computeIfAbsent(id, key -> new BitSet()).set(Math.min(i, j) * length + Math.max(i, j));
    }

    /** From 0; -1 where it is no residue's. */
    private static int place(String text, int length) {
        try {
            int place = Integer.parseInt(text.strip());
            return place >= 1 && place <= length ? place - 1 : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
