package org.plmfrontier.trainer.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.trainer.regression.LabelledRows;
import org.plmfrontier.trainer.regression.LinearClassifier;
import org.plmfrontier.trainer.regression.LogisticRegression;
import org.plmfrontier.trainer.regression.PenaltyChoice;

/**
 * A linear probe on each layer of residue features (Alain and Bengio 2016): fitted to training proteins, its penalty chosen on a
 * tenth of them, whole proteins, that are kept back, and then fitted to all.
 *
 * @param lambda the penalty where it is given
 * @param seed of the choice of proteins kept back
 */
record Probe(OptionalDouble lambda, long seed) {
    /** Of fewer proteins none are kept back. */
    private static final int FEWEST_TO_CHOOSE = 5;

    private static final int KEPT_BACK = 10;
    private static final double USUAL_LAMBDA = 1e-2;

    /** Classifiers of the layers. */
    List<LinearClassifier> fit(ResidueFeatures features, List<LabelledProtein> training) {
        float[][][][] all = new float[training.size()][][][];
        features.of(training, (number, layers) -> all[number] = layers);
        List<LinearClassifier> classifiers = new ArrayList<>();
        for (int layer = 0; layer < all[0].length; layer++) {
            classifiers.add(fit(all, layer, training));
        }
        return classifiers;
    }

    /** Counts of each protein, by layer. */
    static List<List<Confusion>> predict(
            ResidueFeatures features, List<LinearClassifier> classifiers, List<LabelledProtein> proteins) {
        Confusion[][] counts = new Confusion[classifiers.size()][proteins.size()];
        features.of(proteins, (number, layers) -> {
            for (int layer = 0; layer < layers.length; layer++) {
                LinearClassifier classifier = classifiers.get(layer);
                int[] predicted = Arrays.stream(layers[layer])
                        .mapToInt(classifier::predict)
                        .toArray();
                counts[layer][number] = Confusion.of(proteins.get(number).counted(), predicted);
            }
        });
        return Arrays.stream(counts).map(List::of).toList();
    }

    private LinearClassifier fit(float[][][][] features, int layer, List<LabelledProtein> training) {
        List<Integer> fitted = new ArrayList<>();
        List<Integer> keptBack = new ArrayList<>();
        int kept = training.size() < FEWEST_TO_CHOOSE ? 0 : Math.max(1, training.size() / KEPT_BACK);
        SplitMix64 random = SplitMix64.at(seed, 1);
        for (int i = 0; i < training.size(); i++) {
            boolean back = random.nextInt(training.size() - i) < kept - keptBack.size();
            (back ? keptBack : fitted).add(i);
        }
        double penalty = lambda.orElseGet(() -> keptBack.isEmpty()
                ? USUAL_LAMBDA
                : PenaltyChoice.lambda(
                        rows(features, layer, training, fitted), rows(features, layer, training, keptBack)));
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < training.size(); i++) {
            all.add(i);
        }
        return new LogisticRegression(penalty, LogisticRegression.USUAL_ACCURACY)
                .fit(rows(features, layer, training, all))
                .classifier();
    }

    /** Residues of some of the proteins, in their order. */
    private static LabelledRows rows(
            float[][][][] features, int layer, List<LabelledProtein> proteins, List<Integer> which) {
        int size = which.stream().mapToInt(i -> features[i][layer].length).sum();
        float[][] rows = new float[size][];
        byte[] labels = new byte[size];
        int first = 0;
        for (int i : which) {
            float[][] own = features[i][layer];
            System.arraycopy(own, 0, rows, first, own.length);
            System.arraycopy(proteins.get(i).counted(), 0, labels, first, own.length);
            first += own.length;
        }
        return new LabelledRows(rows, labels, LabelledProtein.LETTERS.length());
    }
}
