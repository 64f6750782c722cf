package org.plmfrontier.dataset.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.plan.RunCost;

/** What a state has to compute for an evaluation. */
class ForwardLoadTest {
    private static final String TWO = ">a\nMKVLA\nWGG\n>b x\nMKVLAWGGSTREMKVLAWGG\n";

    @Test
    void perplexityReadsEachProteinForEachMaskingAndASampleOnceForEachToken() throws IOException {
        Map<String, ProteinLengths> lengths = Map.of("proteins", read("proteins", TWO, 1024));
        Map<String, String> options = Map.of("maskings", "3", "pseudoSequences", "1");
        ForwardLoad load = ForwardLoad.of(EvaluationKind.PERPLEXITY, options, Family.ESM2, lengths);
        assertThat(load.tokens()).isEqualTo(3 * (10 + 22) + (100 + 484) / 2.0);
        assertThat(load.tokensSquared()).isEqualTo(3 * (100 + 484) + (1000 + 10648) / 2.0);
        assertThat(ForwardLoad.of(EvaluationKind.PERPLEXITY, options, Family.CAUSAL, lengths))
                .isEqualTo(new ForwardLoad(32, 584));
        assertThat(ForwardLoad.of(
                        EvaluationKind.PERPLEXITY,
                        Map.of("maskings", "1", "proteins", "1", "pseudoSequences", "0"),
                        Family.ESM2,
                        lengths))
                .as("one of the two")
                .isEqualTo(new ForwardLoad(16, 292));
    }

    @Test
    void scansReadAProteinForEachTokenOnceOrForEachVariant() throws IOException {
        Map<String, ProteinLengths> lengths = Map.of(
                "wildType", read("wildType", ">w\nMKVLAWGG\n", 1024),
                "scores", read("scores", "mutant,DMS_score\nM1A,1\nK2R,2\nV3A,3\n\n", 1024));
        assertThat(variants("masked-marginals", Family.ESM2, lengths)).isEqualTo(new ForwardLoad(100, 1000));
        assertThat(variants("wt-marginals", Family.ESM2, lengths)).isEqualTo(new ForwardLoad(10, 100));
        assertThat(variants("likelihood", Family.CAUSAL, lengths)).isEqualTo(new ForwardLoad(30, 300));
        assertThat(ForwardLoad.of(EvaluationKind.VARIANT_EFFECT, Map.of(), Family.CAUSAL, lengths))
                .isEqualTo(new ForwardLoad(30, 300));
    }

    @Test
    void tablesAreReadByTheirSequencesCroppedAsTheTrainerDoesAndPackedOrNot() throws IOException {
        String table = "id\tsequence\tss3\na\tMKVLAWGG\tCCCCCCCC\nb\tMKV\tCCC\n";
        Map<String, ProteinLengths> lengths =
                Map.of("training", read("training", table, 8), "validation", packed("validation", table, 8));
        ForwardLoad load = ForwardLoad.of(
                EvaluationKind.SECONDARY_STRUCTURE, Map.of("trainingProteins", "1"), Family.ESM2, lengths);
        assertThat(load.tokens()).isEqualTo((8 + 5) / 2.0 + 8 + 5);
        assertThat(ForwardLoad.mostTokens(EvaluationKind.SECONDARY_STRUCTURE, Map.of("maxResidues", "6")))
                .isEqualTo(8);
    }

    @Test
    void aStructureHasTheResiduesOfItsFirstModel() throws IOException {
        String structure = """
                ATOM      1  N   MET A   1      27.340  24.430   2.614  1.00  9.67           N
                ATOM      2  CA  MET A   1      26.266  25.413   2.842  1.00 10.38           C
                ATOM      3  CA  LYS A   2      26.266  25.413   2.842  1.00 10.38           C
                ENDMDL
                ATOM      4  CA  MET A   1      26.266  25.413   2.842  1.00 10.38           C
                """;
        ForwardLoad load = ForwardLoad.of(
                EvaluationKind.CONTACTS,
                Map.of(),
                Family.ESM2,
                Map.of("structures", read("structures", structure, 402)));
        assertThat(load).isEqualTo(new ForwardLoad(4, 16));
    }

    @Test
    void forwardFlopsAreThoseOfTheShapesCount() {
        ModelShape shape = ModelShape.esm2(3, 64, 4);
        double all = FlopCount.forward(shape, 300).total()
                + FlopCount.forward(shape, 100).total();
        assertThat(RunCost.forward(shape, 400, 300 * 300 + 100 * 100)).isCloseTo(all, within(1e-9 * all));
    }

    private static ForwardLoad variants(String scoring, Family family, Map<String, ProteinLengths> lengths) {
        return ForwardLoad.of(EvaluationKind.VARIANT_EFFECT, Map.of("scoring", scoring), family, lengths);
    }

    private static ProteinLengths read(String role, String content, long most) throws IOException {
        ProteinLengths lengths = new ProteinLengths(most);
        lengths.add(role, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        return lengths;
    }

    private static ProteinLengths packed(String role, String content, long most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        ProteinLengths lengths = new ProteinLengths(most);
        lengths.add(role, new ByteArrayInputStream(bytes.toByteArray()));
        return lengths;
    }
}
