package org.plmfrontier.dataset.evaluation;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;

/** The proteins that an evaluation measures, those to fit by not among them, as FASTA under their ordinals. */
final class EvaluatedProteins {
    private final BufferedWriter out;
    private long proteins;

    EvaluatedProteins(BufferedWriter out) {
        this.out = out;
    }

    /** Opens a file of an evaluation. */
    @FunctionalInterface
    interface Opener {
        InputStream open(EvaluationData file) throws IOException;
    }

    /** Files that hold the measured proteins' sequences; empty where they come as structures alone. */
    static List<EvaluationData> files(EvaluationSpec evaluation) {
        return switch (evaluation.kind()) {
            case VARIANT_EFFECT -> evaluation.data("wildType");
            case SECONDARY_STRUCTURE -> evaluation.data("validation");
            case CONTACTS, PERPLEXITY -> evaluation.data("proteins");
        };
    }

    /** Writes the proteins of an evaluation; returns how many. */
    long write(EvaluationSpec evaluation, Opener opener) throws IOException {
        for (EvaluationData file : files(evaluation)) {
            try (BufferedReader lines = EvaluationText.lines(opener.open(file))) {
                if (file.role().equals("validation")) {
                    table(lines);
                } else {
                    fasta(lines);
                }
            }
        }
        return proteins;
    }

    private void fasta(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(">")) {
                begin();
            } else if (proteins > 0) {
                out.write(line.strip());
                out.newLine();
            }
        }
    }

    private void table(BufferedReader lines) throws IOException {
        String head = lines.readLine();
        int column = head == null ? -1 : List.of(head.split("\t", -1)).indexOf("sequence");
        for (String line = lines.readLine(); line != null && column >= 0; line = lines.readLine()) {
            String[] cells = line.split("\t", -1);
            if (cells.length > column && !cells[column].isBlank()) {
                begin();
                out.write(cells[column].strip());
                out.newLine();
            }
        }
    }

    private void begin() throws IOException {
        out.write(">" + proteins++);
        out.newLine();
    }
}
