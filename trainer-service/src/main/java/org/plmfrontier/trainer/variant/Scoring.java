package org.plmfrontier.trainer.variant;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/** How a model's probabilities become the score of a variant. */
enum Scoring {
    /** Log-odds of the substituted residues, nothing masked (Meier et al. 2021). */
    WT_MARGINALS("wt-marginals", true),
    /** Log-odds of the substituted residues, each position masked by itself in the wild type (Meier et al. 2021). */
    MASKED_MARGINALS("masked-marginals", true),
    /** Log-likelihood of the variant's sequence, END included, less that of the wild type (Hesslow et al. 2022). */
    LIKELIHOOD("likelihood", false);

    private final String label;
    private final boolean masked;

    Scoring(String label, boolean masked) {
        this.label = label;
        this.masked = masked;
    }

    String label() {
        return label;
    }

    /** Whether a family has the probabilities that this needs. */
    boolean suits(Family family) {
        return family.masked() == masked;
    }

    /** What fits a family best. */
    static Scoring usual(Family family) {
        return family.masked() ? MASKED_MARGINALS : LIKELIHOOD;
    }

    /** @throws UnusableDataException where there is none of that label */
    static Scoring of(String label) throws UnusableDataException {
        Optional<Scoring> found = Arrays.stream(values())
                .filter(scoring -> scoring.label.equals(label))
                .findFirst();
        List<String> labels = Arrays.stream(values()).map(Scoring::label).toList();
        return found.orElseThrow(
                () -> new UnusableDataException("option scoring is '" + label + "', known are " + labels));
    }
}
