package org.plmfrontier.trainer.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;

/** The evaluation on a model whose hidden states tell the token, and proteins whose states follow from it. */
class SecondaryStructureTest {
    private static final ModelShape SHAPE = ModelShape.esm2(2, 32, 2);

    @TempDir
    Path folder;

    @Test
    void statesThatFollowFromTheResidueAreFoundAndTheMajorityIsNot() throws IOException, UnusableDataException {
        SecondaryStructure evaluation =
                evaluation(Map.of(), table(20, 1, "ACDEFGHIKLMNPQRSTVWY"), table(10, 2, "ACDEFGHIKLMNPQRSTVWY"));
        List<Measure> measures = evaluation.measure(model()).measures();
        assertThat(measures).extracting(Measure::metric).containsExactly("q3", "q3PerProtein", "f1C", "f1E", "f1H");
        assertThat(measures).allSatisfy(measure -> {
            assertThat(measure.value()).isEqualTo(1);
            assertThat(measure.subject()).isEmpty();
        });
        assertThat(evaluation.baselines()).containsOnlyKeys("majority class", "amino-acid window");
        assertThat(q3(evaluation.baselines().get("amino-acid window"))).isEqualTo(1);
        assertThat(q3(evaluation.baselines().get("majority class"))).isBetween(0.3, 0.6);
    }

    @Test
    void theSameModelGivesTheSameNumbers() throws IOException, UnusableDataException {
        SecondaryStructure evaluation = evaluation(Map.of(), table(20, 1, "ACDX"), table(10, 2, "ACDX"));
        assertThat(evaluation.measure(model())).isEqualTo(evaluation.measure(model()));
    }

    @Test
    void residuesBehindTheCropAreNeverSeen() throws IOException, UnusableDataException {
        SecondaryStructure evaluation =
                evaluation(Map.of("maxResidues", "10"), table(20, 1, "ACDEFG"), table(10, 2, "ACDEFG"));
        assertThat(evaluation.measure(model()).measures().getFirst().count()).isEqualTo(100);
    }

    @Test
    void layersAreSubjectsAndOneThatIsNotThereIsAFinding() throws IOException, UnusableDataException {
        String training = table(8, 1, "ACDEFG");
        String validation = table(6, 2, "ACDEFG");
        assertThat(evaluation(Map.of("layer", "all"), training, validation)
                        .measure(model())
                        .measures())
                .extracting(Measure::subject)
                .contains("layer 0", "layer 1", "layer 2")
                .doesNotContain("");
        assertThat(evaluation(Map.of("layer", "1"), training, validation)
                        .measure(model())
                        .measures())
                .extracting(Measure::subject)
                .containsOnly("layer 1");
        DownstreamEvaluation.Outcome none =
                evaluation(Map.of("layer", "3"), training, validation).measure(model());
        assertThat(none.measures()).isEmpty();
        assertThat(none.findings()).containsExactly("layer 3 was asked for, the model has the layers 0 to 2");
    }

    @Test
    void proteinsAreChosenByTheSeedAndThoseOfTheValidationSetAreNotTrainedOn()
            throws IOException, UnusableDataException {
        String validation = table(6, 2, "ACDEFG");
        String training = table(30, 1, "ACDEFG") + validation.substring(validation.indexOf('\n') + 1);
        SecondaryStructure evaluation = evaluation(
                Map.of("trainingProteins", "12", "validationProteins", "5", "lambda", "0.01"), training, validation);
        assertThat(evaluation.findings())
                .anySatisfy(finding -> assertThat(finding).contains("5 training proteins are left out"));
        assertThat(evaluation.measure(model()).measures().get(1).count()).isEqualTo(5);
        StructureOptions options = StructureOptions.of(spec(Map.of("trainingProteins", "12", "seed", "3")));
        List<LabelledProtein> all =
                StructureTable.read(write("t", training), "t").proteins();
        List<LabelledProtein> first =
                ProteinSets.of(all, all.subList(30, 36), options).training();
        assertThat(first).hasSize(12).doesNotContainAnyElementsOf(all.subList(30, 36));
        assertThat(ProteinSets.of(all, all.subList(30, 36), options).training()).isEqualTo(first);
        StructureOptions other = StructureOptions.of(spec(Map.of("trainingProteins", "12", "seed", "4")));
        assertThat(ProteinSets.of(all, all.subList(30, 36), other).training()).isNotEqualTo(first);
    }

    @Test
    void optionsThatCannotBeReadAreRefusedByName() throws IOException {
        for (Map.Entry<String, String> bad : Map.of(
                        "layer", "top", "lambda", "-1", "quick", "yes", "maxResidues", "0", "depth", "3")
                .entrySet()) {
            assertThatThrownBy(() -> evaluation(Map.of(bad.getKey(), bad.getValue()), table(2, 1, "AC"), "x"))
                    .isInstanceOf(UnusableDataException.class)
                    .hasMessageContaining(bad.getKey());
        }
    }

    @Test
    void aRoleWithoutAFileIsRefused() {
        assertThatThrownBy(() -> SecondaryStructure.of(spec(Map.of()), file -> folder.resolve(file.name())))
                .hasMessageContaining("no file of the role training");
    }

    @Test
    void anInterruptEndsTheMeasure() throws IOException, UnusableDataException {
        SecondaryStructure evaluation = evaluation(Map.of(), table(8, 1, "ACDEFG"), table(6, 2, "ACDEFG"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> evaluation.measure(model())).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static double q3(List<Measure> measures) {
        return measures.getFirst().value();
    }

    private static ProteinModel model() throws IOException {
        return new FakeEngine().open(new ModelSettings(SHAPE, Optimizer.adamW()), true, tensor -> {
            throw new IOException("not read");
        });
    }

    private SecondaryStructure evaluation(Map<String, String> options, String training, String validation)
            throws IOException, UnusableDataException {
        write("training.tsv", training);
        write("validation.tsv", validation);
        return SecondaryStructure.of(
                spec(options, data("training"), data("validation")), file -> folder.resolve(file.name()));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static EvaluationData data(String role) {
        return new EvaluationData(role, role + ".tsv", "0".repeat(64), 1);
    }

    private static EvaluationSpec spec(Map<String, String> options, EvaluationData... data) {
        return new EvaluationSpec("ss", EvaluationKind.SECONDARY_STRUCTURE, new TreeMap<>(options), List.of(data));
    }

    /** Proteins of 20 to 39 residues; the state follows from the letter's place in the alphabet. */
    private static String table(int proteins, long seed, String letters) {
        SplitMix64 random = new SplitMix64(seed);
        StringBuilder text = new StringBuilder("id\tsequence\tss3\n");
        for (int protein = 0; protein < proteins; protein++) {
            StringBuilder sequence = new StringBuilder();
            StringBuilder states = new StringBuilder();
            int length = 20 + random.nextInt(20);
            for (int i = 0; i < length; i++) {
                int letter = random.nextInt(letters.length());
                sequence.append(letters.charAt(letter));
                states.append("CEH".charAt(letter % 3));
            }
            text.append("p" + protein + "\t" + sequence + "\t" + states + "\n");
        }
        return text.toString();
    }
}
