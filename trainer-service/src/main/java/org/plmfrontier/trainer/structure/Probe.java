package org.plmfrontier.trainer.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plmfrontier.trainer.regression.GroupedFit;
import org.plmfrontier.trainer.regression.LabelledRows;
import org.plmfrontier.trainer.regression.LinearClassifier;

/** A linear probe on each layer of residue features (Alain and Bengio 2016), fitted to training proteins. */
record Probe(GroupedFit fit) {
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
        List<LabelledRows> proteins = new ArrayList<>();
        for (int i = 0; i < training.size(); i++) {
            byte[] states = training.get(i).counted();
            proteins.add(new LabelledRows(features[i][layer], states, LabelledProtein.LETTERS.length()));
        }
        return fit.of(proteins);
    }
}
