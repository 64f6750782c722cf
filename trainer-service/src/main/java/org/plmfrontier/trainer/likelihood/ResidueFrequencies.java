package org.plmfrontier.trainer.likelihood;

import java.util.List;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;

/** The predictor that knows how frequent the residues of the evaluated proteins are and nothing else. */
final class ResidueFrequencies {
    private final long[] counts = new long[Vocabulary.SIZE];
    private long residues;

    ResidueFrequencies(List<byte[]> sequences) {
        for (byte[] sequence : sequences) {
            for (byte token : sequence) {
                if (Vocabulary.isResidue(token)) {
                    counts[token]++;
                    residues++;
                }
            }
        }
    }

    /** Negative log-probability of a residue that occurs and is not shown, nats. */
    double nats(int token) {
        return -Math.log(share(token));
    }

    /**
     * Loss on a selected residue, nats, of a predictor that knows the shares of the masking and looks at the letter that is
     * shown. By Bayes' rule {@code P(t | x)} is proportional to {@code p(t) (unchanged [t = x] + random / 20)}; MASK tells
     * nothing of what it hides, and a letter that is never drawn at random stands for itself.
     *
     * @param shown token of the input
     */
    double nats(int shown, int truth, Masking masking) {
        if (shown == Vocabulary.MASK) {
            return nats(truth);
        }
        if (shown >= Vocabulary.END_OF_STANDARD_RESIDUES) {
            return 0;
        }
        double drawn = masking.random() / (Vocabulary.END_OF_STANDARD_RESIDUES - Vocabulary.FIRST_RESIDUE);
        double kept = (1 - masking.masked() - masking.random()) * share(shown);
        return -Math.log((drawn * share(truth) + (shown == truth ? kept : 0)) / (drawn + kept));
    }

    private double share(int token) {
        return (double) counts[token] / residues;
    }
}
