package org.plmfrontier.dataset.statistics;

import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * Masking as a noisy channel: what a predictor that knows the shares makes of the letter that is shown. Bayes' rule for
 * a selected residue t that shows x: {@code P(t | x)} is proportional to {@code p(t) (unchanged [t = x] + random / 20 [x is
 * a standard residue])}; a residue that shows MASK tells nothing of itself. Immutable.
 */
final class MaskingChannel {
    private static final int STANDARD = Vocabulary.END_OF_STANDARD_RESIDUES - Vocabulary.FIRST_RESIDUE;

    private final double unchanged;
    private final double randomEach;

    MaskingChannel(Masking masking) {
        this.unchanged = Math.max(0, 1 - masking.masked() - masking.random());
        this.randomEach = masking.random() / STANDARD;
    }

    /**
     * Loss on a selected residue, nats.
     *
     * @param before probability of each residue code without a look at the residue itself
     * @param shown token of the input
     * @param truth token to predict
     */
    double lossNats(double[] before, int shown, int truth) {
        double ofTruth = before[truth - Vocabulary.FIRST_RESIDUE];
        if (shown == Vocabulary.MASK) {
            return -Math.log(ofTruth);
        }
        double drawn = shown < Vocabulary.END_OF_STANDARD_RESIDUES ? randomEach : 0;
        if (drawn == 0) {
            return 0; // nothing but the residue itself can stand there
        }
        double kept = unchanged * before[shown - Vocabulary.FIRST_RESIDUE];
        return -Math.log((drawn * ofTruth + (shown == truth ? kept : 0)) / (drawn + kept));
    }
}
