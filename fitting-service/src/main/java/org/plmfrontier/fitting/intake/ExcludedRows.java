package org.plmfrontier.fitting.intake;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.fitting.analysis.LeftOutRows;

/**
 * Rows of a file that are no final losses.
 *
 * @param leftOut by the rules by which a file is fitted without the service
 * @param repeatedTokens rows at the tokens of another row of the run
 */
public record ExcludedRows(LeftOutRows leftOut, long repeatedTokens) {
    /** No rows. */
    public static final ExcludedRows NONE = new ExcludedRows(LeftOutRows.NONE, 0);

    /** Both together. */
    public ExcludedRows plus(ExcludedRows other) {
        return new ExcludedRows(leftOut.plus(other.leftOut), repeatedTokens + other.repeatedTokens);
    }

    /** One sentence per kind, as where the file is fitted without the service. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>(leftOut.sentences());
        if (repeatedTokens > 0) {
            sentences.add(
                    repeatedTokens + " rows repeat the tokens of another row of their run, whose lowest loss counts");
        }
        return sentences;
    }
}
