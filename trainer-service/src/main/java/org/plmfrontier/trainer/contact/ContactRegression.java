package org.plmfrontier.trainer.contact;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.regression.LinearClassifier;

/**
 * Logits of contacts, linear in the attention features. Rao et al. 2020 penalise the sum of the weights' sizes; here it is the
 * sum of the squares of the weights of standardised features, which has one solution that is found exactly.
 *
 * @param weights one a head, layer by layer; not copied
 */
record ContactRegression(double[] weights, double bias) {
    /** Of a classifier whose class 1 is a contact. */
    static ContactRegression of(LinearClassifier classifier) {
        double[] weights = new double[classifier.features().mean().length];
        for (int head = 0; head < weights.length; head++) {
            weights[head] = classifier.slope(1, head) - classifier.slope(0, head);
        }
        return new ContactRegression(weights, classifier.intercept(1) - classifier.intercept(0));
    }

    /**
     * Logits of all pairs of a protein; the features pass by head by head.
     *
     * @throws ArithmeticException where the model's attention is not finite
     * @throws CancellationException where the thread is interrupted
     */
    PairScores scores(ProteinModel model, ContactProtein protein) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(
                    "the measure was given up at protein " + protein.protein().name());
        }
        double[] logits = new double[protein.length() * protein.length()];
        Arrays.fill(logits, bias);
        AttentionFeatures.of(model, protein.protein(), (head, features) -> {
            double weight = weights[head];
            for (int pair = 0; pair < logits.length; pair++) {
                logits[pair] += weight * features[pair];
            }
        });
        return new PairScores(protein, logits);
    }
}
