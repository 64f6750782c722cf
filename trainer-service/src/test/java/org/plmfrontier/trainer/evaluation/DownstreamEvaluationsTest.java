package org.plmfrontier.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.trainer.likelihood.Perplexity;
import org.plmfrontier.trainer.structure.SecondaryStructure;
import org.plmfrontier.trainer.variant.ScanFiles;
import org.plmfrontier.trainer.variant.VariantEffect;

class DownstreamEvaluationsTest {
    @TempDir
    Path folder;

    @Test
    void aKindIsReadByItsOwnReader() throws Exception {
        ScanFiles scan = new ScanFiles(folder)
                .with("scores", "s.csv", "mutant,DMS_score\nM1A,1\n")
                .with("wildType", "w.fasta", ">w\nMKV\n");
        assertThat(DownstreamEvaluations.of(scan.spec(EvaluationKind.VARIANT_EFFECT), scan::path))
                .isInstanceOf(VariantEffect.class);
        ScanFiles proteins = new ScanFiles(folder).with("proteins", "w.fasta", ">w\nMKV\n");
        assertThat(DownstreamEvaluations.of(proteins.spec(EvaluationKind.PERPLEXITY), proteins::path))
                .isInstanceOf(Perplexity.class);
        assertThatThrownBy(() -> DownstreamEvaluations.of(scan.spec(EvaluationKind.CONTACTS), scan::path))
                .hasMessageContaining("trainingStructures");
        String head = "id\tsequence\tss3\n";
        ScanFiles structures = new ScanFiles(folder)
                .with("training", "t.tsv", head + "a\tMKVMKV\tCCHHEE\nb\tMKVAKV\tCCHHEE\n")
                .with("validation", "v.tsv", head + "c\tAAVMKV\tCCHHEE\n");
        assertThat(DownstreamEvaluations.of(structures.spec(EvaluationKind.SECONDARY_STRUCTURE), structures::path))
                .isInstanceOf(SecondaryStructure.class);
    }
}
