package org.plmfrontier.trainer.protein;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.trainer.downstream.SetApart;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * The proteins of a FASTA file, plain or compressed by gzip. A stop at the end is dropped, J is the unknown residue X; a record
 * with any other letter that is no residue is set apart.
 *
 * @param proteins in the file's order
 * @param findings what is set apart, in sentences
 */
public record ProteinFasta(List<Protein> proteins, List<String> findings) {
    private static final int LONGEST_NAME = 60;

    public ProteinFasta {
        proteins = List.copyOf(proteins);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a file.
     *
     * @param name of the file, for people
     * @throws UnusableDataException where it holds no protein that can be used
     */
    public static ProteinFasta read(Path file, String name) throws IOException, UnusableDataException {
        Reading reading = new Reading(name);
        try (BufferedReader lines = TextFile.open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.accept(line);
            }
        } catch (IOException e) {
            throw new UnusableDataException(
                    name + ": cannot be read behind line " + reading.line + ": " + e.getMessage());
        }
        reading.end();
        if (reading.proteins.isEmpty()) {
            String reason = reading.apart.sentences().isEmpty()
                    ? name + ": no line begins with '>'; name a FASTA file"
                    : String.join("; ", reading.apart.sentences());
            throw new UnusableDataException("no protein can be used: " + reason);
        }
        return new ProteinFasta(reading.proteins, reading.apart.sentences());
    }

    private static final class Reading {
        private final List<Protein> proteins = new ArrayList<>();
        private final StringBuilder letters = new StringBuilder();
        private final SetApart apart;
        private String header = "";
        private long line;
        private long headerLine;

        Reading(String name) {
            apart = new SetApart(name, "proteins");
        }

        void accept(String text) {
            line++;
            if (text.startsWith(">") || text.startsWith("\uFEFF>")) {
                end();
                header = firstWord(text.substring(text.indexOf('>') + 1));
                headerLine = line;
            } else if (!text.startsWith(";")) {
                text.chars().filter(letter -> letter > ' ').forEach(letter -> letters.append((char) letter));
            }
        }

        void end() {
            if (headerLine == 0) {
                if (!letters.isEmpty()) {
                    apart.add("before the first header", 1, shortened(letters.toString()));
                }
            } else {
                add();
            }
            letters.setLength(0);
        }

        private void add() {
            int size = letters.length();
            String residues = letters.substring(0, size > 0 && letters.charAt(size - 1) == '*' ? size - 1 : size);
            if (residues.isEmpty()) {
                apart.add("without residues", headerLine, header);
                return;
            }
            try {
                proteins.add(Protein.of(header, residues));
            } catch (IllegalArgumentException e) {
                apart.add("a letter is no residue", headerLine, header + ": " + e.getMessage());
            }
        }

        private static String firstWord(String text) {
            return shortened(text.strip().split("\\s+", 2)[0]);
        }

        private static String shortened(String text) {
            return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
        }
    }
}
