package org.plmfrontier.trainer.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.djl.DownstreamScene;
import org.plmfrontier.trainer.djl.Parity;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.regression.LabelledRows;
import org.plmfrontier.trainer.regression.LinearClassifier;
import org.plmfrontier.trainer.regression.LogisticRegression;
import org.plmfrontier.trainer.regression.Standardisation;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The probe on the 5M model against one on fair-esm's float64 features, solved by Newton's method in float64. */
class ProbeParityTest {
    private static final int COLUMNS = 202;
    private static final int WIDTH = 320;
    private static final double ACCURACY = 1e-11;
    private static final double MAJORITY = 0.3865602;

    @Test
    void featuresAndTheirStandardisationAreThoseOfTheReference() throws IOException {
        try (Fixture fixture = Fixture.open("downstream/probe");
                ProteinModel model = DownstreamScene.model()) {
            for (String set : List.of("train", "valid")) {
                LabelledRows rows = rows(model, proteins(fixture, set));
                double[] expected = fixture.values(set + ".feature_dot");
                assertThat(rows.size()).isEqualTo(expected.length);
                double worst = 0;
                for (int i = 0; i < expected.length; i++) {
                    double dot = 0;
                    for (int j = 0; j < WIDTH; j++) {
                        dot += rows.rows()[i][j] * DownstreamScene.signed(98, j);
                    }
                    worst = Math.max(worst, Math.abs(dot - expected[i]));
                }
                Parity.report("probe " + set + " feature projections", worst, 3e-4);
            }
            Standardisation found =
                    Standardisation.of(rows(model, proteins(fixture, "train")).rows());
            double[] mean = fixture.values("feature_mean");
            double[] deviation = fixture.values("feature_sd");
            double worstMean = 0;
            double worstDeviation = 0;
            for (int j = 0; j < WIDTH; j++) {
                worstMean = Math.max(worstMean, Math.abs(found.mean()[j] - mean[j]));
                worstDeviation = Math.max(worstDeviation, Math.abs(found.deviation()[j] / deviation[j] - 1));
            }
            Parity.report("probe feature means", worstMean, 1e-5);
            Parity.report("probe feature deviations, relative", worstDeviation, 3e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-4,0.9039014497678596,5e-5", "1e-2,0.9218761365703504,1e-5"})
    void objectiveWeightsAndPredictionsAreThoseOfTheReference(double lambda, double objective, double weightTolerance)
            throws IOException {
        String name = lambda == 1e-4 ? "lam1e-4" : "lam1e-2";
        try (Fixture fixture = Fixture.open("downstream/probe");
                ProteinModel model = DownstreamScene.model()) {
            LabelledRows training = rows(model, proteins(fixture, "train"));
            LabelledRows validation = rows(model, proteins(fixture, "valid"));
            LogisticRegression.Fit fit = new LogisticRegression(lambda, ACCURACY).fit(training);
            LinearClassifier classifier = fit.classifier();
            String what = "probe " + name;
            Parity.report(what + " J", Math.abs(fit.objective() - objective), 1e-7);
            double[] weights = fixture.values(name + ".weight");
            double worst = 0;
            for (int i = 0; i < weights.length; i++) {
                worst = Math.max(worst, Math.abs(classifier.weight(i / WIDTH, i % WIDTH) - weights[i]));
            }
            Parity.report(what + " weights", worst, weightTolerance + ACCURACY / lambda);
            double[] logits = fixture.values(name + ".valid_logits_first64");
            double worstLogit = 0;
            for (int i = 0; i < logits.length; i++) {
                double logit = classifier.logits(validation.rows()[i / 3])[i % 3];
                worstLogit = Math.max(worstLogit, Math.abs(logit - logits[i]));
            }
            Parity.report(what + " logits", worstLogit, 1e-4);
            int[] predicted = fixture.integers(name + ".valid_pred");
            int differ = 0;
            for (int i = 0; i < predicted.length; i++) {
                differ += classifier.predict(validation.rows()[i]) == predicted[i] ? 0 : 1;
            }
            Parity.report(what + " residues predicted otherwise", differ, 3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4,0.5245065,0.5196473,0.510651,0.363431,0.609251",
        "1e-2,0.5289421,0.5229290,0.518342,0.365407,0.610870"
    })
    void theEvaluationGivesTheTableOfTheReference(
            double lambda, double q3, double perProtein, double coil, double strand, double helix)
            throws IOException, UnusableDataException {
        try (Fixture fixture = Fixture.open("downstream/probe");
                ProteinModel model = DownstreamScene.model()) {
            SecondaryStructure evaluation = evaluation(
                    proteins(fixture, "train"),
                    proteins(fixture, "valid"),
                    OptionalDouble.of(lambda),
                    LayerChoice.LAST);
            List<Measure> measures = evaluation.measure(model).measures();
            assertThat(measures).extracting(Measure::metric).containsExactly("q3", "q3PerProtein", "f1C", "f1E", "f1H");
            double[] expected = {q3, perProtein, coil, strand, helix};
            for (int i = 0; i < expected.length; i++) {
                Measure measure = measures.get(i);
                System.out.println("probe " + lambda + " " + measure);
                assertThat(measure.value()).as(measure.metric()).isCloseTo(expected[i], within(6e-7));
                assertThat(measure.value()).isBetween(measure.low(), measure.high());
            }
            assertThat(measures.getFirst().count()).isEqualTo(4509);
            assertThat(measures.get(1).count()).isEqualTo(30);
            Measure majority = evaluation.baselines().get("majority class").getFirst();
            assertThat(majority.value()).isCloseTo(MAJORITY, within(5e-8));
        }
    }

    @Test
    void everyLayerHasItsOwnProbeAndKnowsMoreThanTheMajority() throws IOException, UnusableDataException {
        try (Fixture fixture = Fixture.open("downstream/probe");
                ProteinModel model = DownstreamScene.model()) {
            SecondaryStructure evaluation = evaluation(
                    proteins(fixture, "train").subList(0, 20),
                    proteins(fixture, "valid").subList(0, 10),
                    OptionalDouble.empty(),
                    LayerChoice.EVERY);
            List<Measure> q3 = evaluation.measure(model).measures().stream()
                    .filter(measure -> measure.metric().equals("q3"))
                    .toList();
            q3.forEach(measure -> System.out.println("chosen lambda " + measure));
            assertThat(q3)
                    .extracting(Measure::subject)
                    .containsExactly("layer 0", "layer 1", "layer 2", "layer 3", "layer 4");
            assertThat(q3).allSatisfy(measure -> assertThat(measure.value()).isGreaterThan(MAJORITY));
        }
    }

    static SecondaryStructure evaluation(
            List<LabelledProtein> training, List<LabelledProtein> validation, OptionalDouble lambda, LayerChoice layers)
            throws UnusableDataException {
        StructureOptions options = new StructureOptions(layers, 200, Integer.MAX_VALUE, Integer.MAX_VALUE, lambda, 1);
        return new SecondaryStructure(ProteinSets.of(training, validation, options), options, List.of());
    }

    /** Residues of the last layer, row by row. */
    private static LabelledRows rows(ProteinModel model, List<LabelledProtein> proteins) {
        float[][][] rows = new float[proteins.size()][][];
        new HiddenStates(model, new int[] {4}).of(proteins, (number, layers) -> rows[number] = layers[0]);
        float[][] all = Arrays.stream(rows).flatMap(Arrays::stream).toArray(float[][]::new);
        byte[] labels = new byte[all.length];
        int next = 0;
        for (LabelledProtein protein : proteins) {
            for (byte state : protein.counted()) {
                labels[next++] = state;
            }
        }
        return new LabelledRows(all, labels, 3);
    }

    private static List<LabelledProtein> proteins(Fixture fixture, String set) {
        int[] labels = fixture.integers(set + ".labels");
        List<byte[]> rows = DownstreamScene.rows(fixture.integers(set + ".tokens"), COLUMNS);
        List<LabelledProtein> proteins = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Protein protein = new Protein(set + row, rows.get(row));
            byte[] states = new byte[protein.length()];
            for (int i = 0; i < states.length; i++) {
                int label = labels[row * COLUMNS + 1 + i];
                states[i] = label < 0 ? LabelledProtein.NOT_COUNTED : (byte) label;
            }
            proteins.add(new LabelledProtein(protein, states));
        }
        return proteins;
    }
}
