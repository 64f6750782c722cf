package org.plmfrontier.trainer.protein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.trainer.downstream.UnusableDataException;

class ProteinFastaTest {
    @TempDir
    Path folder;

    @Test
    void recordsOfSeveralLinesAreReadAndBadOnesSetApart() throws Exception {
        ProteinFasta fasta = read("\uFEFF>a first\r\nMKV\r\nlaw*\r\n>b\nMK-V\n>c\n\n>d\nMJX\n");
        assertThat(fasta.proteins()).extracting(Protein::name).containsExactly("a", "d");
        assertThat(fasta.proteins().getFirst().tokens())
                .isEqualTo(Protein.of("a", "MKVLAW").tokens());
        assertThat(fasta.proteins().getLast().letter(2)).isEqualTo('X');
        assertThat(fasta.findings())
                .containsExactly(
                        "p.fasta: 1 proteins set apart, a letter is no residue: line 4 (b: '-' at residue 3)",
                        "p.fasta: 1 proteins set apart, without residues: line 6 (c)");
    }

    @Test
    void aFileWithoutProteinsIsRefusedWithWhatItHolds() {
        assertThatThrownBy(() -> read("MKVLAW\n"))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("before the first header: line 1 (MKVLAW)");
        assertThatThrownBy(() -> read("")).hasMessageContaining("no line begins with '>'");
    }

    @Test
    void aNameIsTheFilesWithoutFolderAndEndings() {
        assertThat(TextFile.stem("a/b/P53.wt.fasta.gz")).isEqualTo("P53.wt");
        assertThat(TextFile.stem("scan")).isEqualTo("scan");
    }

    private ProteinFasta read(String content) throws Exception {
        return ProteinFasta.read(Files.writeString(folder.resolve("p"), content), "p.fasta");
    }
}
