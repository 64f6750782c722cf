package org.plmfrontier.trainer.likelihood;

import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.downstream.EvaluationOptions;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * How proteins are measured.
 *
 * @param maskings how often all proteins are masked anew
 * @param proteins most that are taken; of more a sample
 * @param pseudoSequences of these, how many get a pseudo-perplexity too
 * @param context most tokens of a protein
 * @param seed of masks, samples and intervals
 */
record LikelihoodOptions(int maskings, int proteins, int pseudoSequences, int context, int seed) {
    private static final int MOST = 10_000_000;

    static LikelihoodOptions of(EvaluationSpec spec) throws UnusableDataException {
        EvaluationOptions options = new EvaluationOptions(spec);
        return new LikelihoodOptions(
                options.whole("maskings", 5, 1, 1000),
                options.whole("proteins", 8000, 1, MOST),
                options.whole("pseudoSequences", 50, 0, MOST),
                options.whole("context", 1024, 3, MOST),
                options.whole("seed", 0, 0, Integer.MAX_VALUE));
    }
}
