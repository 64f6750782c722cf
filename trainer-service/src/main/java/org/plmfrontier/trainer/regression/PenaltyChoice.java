package org.plmfrontier.trainer.regression;

import java.util.List;
import java.util.Optional;

/** Chooses the penalty by the loss on rows that were kept back. */
public final class PenaltyChoice {
    /** From strong to weak. */
    public static final List<Double> GRID = List.of(1e-1, 1e-2, 1e-3, 1e-4);

    private static final double ACCURACY = 1e-5;

    private PenaltyChoice() {}

    /**
     * The lambda of the grid whose fit has the lowest cross-entropy on the rows kept back, the strongest of equal ones.
     *
     * @throws ArithmeticException where a feature is not finite
     * @throws java.util.concurrent.CancellationException where the thread is interrupted meanwhile
     */
    public static double lambda(LabelledRows fitted, LabelledRows keptBack) {
        Standardisation features = Standardisation.of(fitted.rows());
        Optional<LinearClassifier> last = Optional.empty();
        double best = Double.POSITIVE_INFINITY;
        double chosen = GRID.getFirst();
        for (double lambda : GRID) {
            LinearClassifier classifier = new LogisticRegression(lambda, ACCURACY)
                    .fit(fitted, features, last)
                    .classifier();
            double loss = classifier.crossEntropy(keptBack);
            if (loss < best) {
                best = loss;
                chosen = lambda;
            }
            last = Optional.of(classifier);
        }
        return chosen;
    }
}
