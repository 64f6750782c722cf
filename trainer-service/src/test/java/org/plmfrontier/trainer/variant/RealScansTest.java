package org.plmfrontier.trainer.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.djl.Parity;
import org.plmfrontier.trainer.engine.ProteinModel;

/** Whole scans of ProteinGym, which are not part of the project, from file to number. */
class RealScansTest {
    @ParameterizedTest
    @CsvSource({
        "BLAT_ECOLX_Stiffler_2015,4996,wt-marginals,-0.050484448301393,0.3464573347136279",
        "BLAT_ECOLX_Stiffler_2015,4996,masked-marginals,-0.03286048798522,0.3464573347136279",
        "DLG4_RAT_McLaughlin_2012,1577,wt-marginals,-0.068876631519724,0.21562472853700637",
        "DLG4_RAT_McLaughlin_2012,1577,masked-marginals,-0.104058062627269,0.21562472853700637"
    })
    void everyRowIsScoredAsTheReferenceScoresIt(
            String scan, long variants, String scoring, double spearman, double blosum) throws Exception {
        String chosen = System.getenv("FRONTIER_DATA");
        Path folder = (chosen == null ? Path.of("../../shared/data") : Path.of(chosen)).resolve("downstream");
        Assumptions.assumeTrue(
                Files.isReadable(folder.resolve(scan + ".csv.gz")),
                () -> "skipped: " + scan + " is not in ../shared/data nor in the folder of FRONTIER_DATA");
        ScanFiles files = new ScanFiles(folder)
                .withExisting("scores", scan + ".csv.gz")
                .withExisting("wildType", scan + ".wt.fasta")
                .option("scoring", scoring);
        VariantEffect evaluation = VariantEffect.read(files.spec(EvaluationKind.VARIANT_EFFECT), files::path);
        assertThat(evaluation.findings()).isEmpty();
        Measure baseline = evaluation.baselines().get("BLOSUM62").getFirst();
        assertThat(baseline.count()).isEqualTo(variants);
        Parity.report(scan + " BLOSUM62, all rows", Math.abs(baseline.value() - blosum), 1e-12);
        try (ProteinModel model = ReferenceModels.masked()) {
            Measure measure = evaluation.measure(model).measures().getFirst();
            assertThat(measure.metric()).isEqualTo("spearman");
            assertThat(measure.count()).isEqualTo(variants);
            assertThat(measure.value()).isBetween(measure.low(), measure.high());
            Parity.report(scan + " " + scoring + ", all rows", Math.abs(measure.value() - spearman), 1e-4);
        }
    }
}
