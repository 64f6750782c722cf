package org.plmfrontier.trainer.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.djl.DownstreamScene;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;

/** The probe on proteins of the Protein Data Bank, read from the table. */
class RealProteinsTest {
    @Test
    void theFirstSixtyAndThirtyProteinsGiveTheReferencesQ3AndTheWindowBeatsTheMajority()
            throws IOException, UnusableDataException {
        Path folder = Path.of(System.getenv().getOrDefault("FRONTIER_DATA", "../../shared/data"), "downstream");
        assumeThat(Files.exists(folder.resolve("ss3_train.tsv.gz")))
                .as("skipped: the proteins are not in ../shared/data nor in the folder of FRONTIER_DATA")
                .isTrue();
        StructureTable training = StructureTable.read(folder.resolve("ss3_train.tsv.gz"), "ss3_train.tsv.gz");
        StructureTable validation = StructureTable.read(folder.resolve("ss3_valid.tsv.gz"), "ss3_valid.tsv.gz");
        assertThat(training.findings()).isEmpty();
        assertThat(training.proteins()).hasSize(9712);
        assertThat(validation.proteins()).hasSize(1080);
        SecondaryStructure evaluation = ProbeParityTest.evaluation(
                training.proteins().subList(0, 60),
                validation.proteins().subList(0, 30),
                OptionalDouble.of(1e-2),
                LayerChoice.LAST);
        try (ProteinModel model = DownstreamScene.model()) {
            Measure q3 = evaluation.measure(model).measures().getFirst();
            Map<String, List<Measure>> baselines = evaluation.baselines();
            Measure majority = baselines.get("majority class").getFirst();
            Measure window = baselines.get("amino-acid window").getFirst();
            System.out.printf(
                    "Q3 of 30 proteins: untrained 5M %.4f, amino-acid window %.4f, majority class %.4f%n",
                    q3.value(), window.value(), majority.value());
            assertThat(q3.value()).isCloseTo(0.5289421, within(6e-7));
            assertThat(majority.value()).isCloseTo(0.3865602, within(5e-8));
            assertThat(window.value()).isGreaterThan(majority.high());
        }
    }
}
