package org.plmfrontier.dataset.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * How long the sequences of an evaluation's files are, by sums over their tokens t, START and END included, at most so many as the
 * model sees at once. What a trainer will set apart is counted, too: the sums are for estimates. Not thread-safe.
 */
final class ProteinLengths {
    /** START and END. */
    private static final int ENDS = 2;

    private final long most;
    private long sequences;
    private long rows;
    private double sum;
    private double sumOfSquares;
    private double sumOfCubes;

    /** @param most tokens that the model sees at once */
    ProteinLengths(long most) {
        this.most = most;
    }

    /**
     * Adds a file.
     *
     * @param role of the file: scores are rows, training and validation tables with a column {@code sequence}, structures PDB or
     *     mmCIF, others FASTA
     */
    void add(String role, InputStream content) throws IOException {
        BufferedReader lines = EvaluationText.lines(content);
        switch (role) {
            case "scores" -> addRows(lines);
            case "training", "validation" -> addTable(lines);
            case "structures", "trainingStructures" -> addStructure(lines);
            default -> addFasta(lines);
        }
    }

    private void addRows(BufferedReader lines) throws IOException {
        boolean head = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            rows += head || line.isBlank() ? 0 : 1;
            head = false;
        }
    }

    private void addTable(BufferedReader lines) throws IOException {
        String head = lines.readLine();
        int column = head == null ? -1 : List.of(head.split("\t", -1)).indexOf("sequence");
        for (String line = lines.readLine(); line != null && column >= 0; line = lines.readLine()) {
            String[] cells = line.split("\t", -1);
            if (cells.length > column) {
                addProtein(cells[column].length());
            }
        }
    }

    private void addStructure(BufferedReader lines) throws IOException {
        long residues = 0;
        for (String line = lines.readLine(); line != null && !line.startsWith("ENDMDL"); line = lines.readLine()) {
            residues += line.startsWith("ATOM") && line.contains(" CA ") ? 1 : 0;
        }
        addProtein(residues);
    }

    private void addFasta(BufferedReader lines) throws IOException {
        long residues = -1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(">")) {
                addProtein(residues);
                residues = 0;
            } else if (residues >= 0) {
                residues += line.strip().length();
            }
        }
        addProtein(residues);
    }

    private void addProtein(long residues) {
        if (residues > 0) {
            double tokens = Math.min(residues + ENDS, most);
            sequences++;
            sum += tokens;
            sumOfSquares += tokens * tokens;
            sumOfCubes += tokens * tokens * tokens;
        }
    }

    /** Lines of tables of scores, their heads not counted. */
    long rows() {
        return rows;
    }

    long sequences() {
        return sequences;
    }

    /** One pass over at most so many of the sequences. */
    ForwardLoad once(double atMost) {
        return new ForwardLoad(sum, sumOfSquares).times(share(atMost));
    }

    /** One pass over a sequence for each of its tokens, of at most so many of the sequences. */
    ForwardLoad onceForEachToken(double atMost) {
        return new ForwardLoad(sumOfSquares, sumOfCubes).times(share(atMost));
    }

    private double share(double atMost) {
        return sequences == 0 ? 0 : Math.min(1, atMost / sequences);
    }
}
