package org.plmfrontier.trainer.likelihood;

import java.util.List;
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

    /** Negative log-probability of a residue that occurs, nats. */
    double nats(int token) {
        return -Math.log((double) counts[token] / residues);
    }
}
