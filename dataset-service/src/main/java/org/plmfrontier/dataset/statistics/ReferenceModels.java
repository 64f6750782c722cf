package org.plmfrontier.dataset.statistics;

import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * The trivial models: trained on the training part, then evaluated on the held-out part, in nats per residue. START and
 * END are not predicted. Not thread-safe.
 */
public final class ReferenceModels {
    private final ResidueCounts unigram = new ResidueCounts();
    private final MarkovCounts markov = new MarkovCounts();
    private double unigramSum;
    private double markovSum;
    private long residues;

    public void train(byte[] tokens) {
        unigram.add(tokens);
        markov.add(tokens);
    }

    /** Evaluates a held-out sequence; all training comes before. */
    public void evaluate(byte[] tokens) {
        for (byte token : tokens) {
            if (Vocabulary.isResidue(token)) {
                unigramSum -= Math.log(unigram.smoothed(token - Vocabulary.FIRST_RESIDUE));
                residues++;
            }
        }
        markovSum += markov.negativeLogLikelihood(tokens);
    }

    /** Counts of the training part. */
    public ResidueCounts trainingCounts() {
        return unigram;
    }

    /**
     * The losses.
     *
     * @throws IllegalStateException where nothing was held out
     */
    public ReferenceLosses losses() {
        if (residues == 0) {
            throw new IllegalStateException("no held-out residue was evaluated");
        }
        return new ReferenceLosses(Math.log(Vocabulary.SIZE), unigramSum / residues, markovSum / residues);
    }
}
