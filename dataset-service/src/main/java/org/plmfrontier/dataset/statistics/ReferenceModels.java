package org.plmfrontier.dataset.statistics;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

/**
 * The trivial models: trained on the training part, then evaluated on the held-out part, in nats per residue: every residue
 * predicted, as causal models do, and under the masks of the held-out evaluation. START and END are not predicted. Not
 * thread-safe.
 */
public final class ReferenceModels {
    private final MarkovCounts markov = new MarkovCounts();
    private @Nullable ResidueCounts unigram;
    private @Nullable MaskedModels masked;
    private double unigramSum;
    private double markovSum;
    private long residues;

    public void train(byte[] tokens) {
        markov.add(tokens);
        unigram = null;
        masked = null;
    }

    /** Evaluates a held-out sequence; all training comes before. */
    public void evaluate(byte[] tokens) {
        ResidueCounts counts = trainingCounts();
        for (byte token : tokens) {
            if (Vocabulary.isResidue(token)) {
                unigramSum -= Math.log(counts.smoothed(token - Vocabulary.FIRST_RESIDUE));
                residues++;
            }
        }
        markovSum += markov.negativeLogLikelihood(tokens);
    }

    /**
     * Evaluates a record of the held-out log under its masks; all training comes before.
     *
     * @param set names the held-out set
     */
    public void evaluate(TokenBatch heldOut, String set) {
        if (masked == null) {
            masked = new MaskedModels(trainingCounts(), markov.neighbours());
        }
        masked.evaluate(heldOut, set);
    }

    /** Counts of the training part. */
    public ResidueCounts trainingCounts() {
        ResidueCounts counts = unigram == null ? markov.residues() : unigram;
        unigram = counts;
        return counts;
    }

    /**
     * The losses.
     *
     * @throws IllegalStateException where nothing was held out
     */
    public ReferenceLosses losses() {
        if (residues == 0 || masked == null) {
            throw new IllegalStateException("no held-out residue was evaluated");
        }
        return new ReferenceLosses(
                Math.log(Vocabulary.SIZE), unigramSum / residues, markovSum / residues, masked.losses());
    }
}
