package org.plmfrontier.trainer.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.random.SplitMix64;

/**
 * A fit to rows that belong together in groups, as the residues of a protein do. The penalty is given, or chosen on a tenth of
 * the groups, kept back whole, one at least; then all are fitted. Of fewer than five groups none is kept back and lambda is 0.01.
 *
 * @param lambda the penalty where it is given
 * @param seed of the choice of groups kept back
 */
public record GroupedFit(OptionalDouble lambda, long seed) {
    private static final int FEWEST_TO_CHOOSE = 5;
    private static final int KEPT_BACK = 10;
    private static final double USUAL_LAMBDA = 1e-2;

    /**
     * Fits.
     *
     * @throws ArithmeticException where a feature is not finite
     * @throws java.util.concurrent.CancellationException where the thread is interrupted meanwhile
     */
    public LinearClassifier of(List<LabelledRows> groups) {
        double penalty = lambda.orElseGet(() -> chosen(groups));
        return new LogisticRegression(penalty, LogisticRegression.USUAL_ACCURACY)
                .fit(LabelledRows.joined(groups))
                .classifier();
    }

    private double chosen(List<LabelledRows> groups) {
        if (groups.size() < FEWEST_TO_CHOOSE) {
            return USUAL_LAMBDA;
        }
        int kept = Math.max(1, groups.size() / KEPT_BACK);
        List<LabelledRows> fitted = new ArrayList<>();
        List<LabelledRows> keptBack = new ArrayList<>();
        SplitMix64 random = SplitMix64.at(seed, 1);
        for (int i = 0; i < groups.size(); i++) {
            boolean back = random.nextInt(groups.size() - i) < kept - keptBack.size();
            (back ? keptBack : fitted).add(groups.get(i));
        }
        return PenaltyChoice.lambda(LabelledRows.joined(fitted), LabelledRows.joined(keptBack));
    }
}
