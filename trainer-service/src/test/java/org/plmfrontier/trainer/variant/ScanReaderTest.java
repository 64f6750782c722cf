package org.plmfrontier.trainer.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.Protein;

class ScanReaderTest {
    private static final Protein WILD_TYPE = Protein.of("P", "MKVLAWTRSX");

    @TempDir
    Path folder;

    @Test
    void everyRowThatCannotBeUsedIsSetApartWithItsLineAndTheRestIsRead() throws Exception {
        Scan scan = read("""
                mutant,DMS_score,DMS_score_bin,mutated_sequence
                M1A,0.5,1,AKVL
                A2C,0.1,0,
                K2R:L4V,-1.5,0,
                W11A,1,1,
                A5del,1,1,
                ,1,1,
                K2R:K2V,1,1,
                V3A,,1,
                V3C,nan,0,
                V3*,0.3,0,
                V3B,0.3,0,
                R8K,2e-1,,
                A24,1,1,
                X10A,0.25,True,
                """);
        assertThat(scan.variants()).hasSize(4);
        assertThat(scan.scores()).containsExactly(0.5, -1.5, 0.2, 0.25);
        assertThat(scan.labels()).containsExactly(1, 0, -1, 1);
        assertThat(scan.variants().get(1).substitutions())
                .extracting(Substitution::position)
                .containsExactly(2, 4);
        assertThat(scan.findings())
                .containsExactlyInAnyOrder(
                        "s.csv: 1 rows set apart, another wild-type letter: line 3 (A2C; the protein has K there)",
                        "s.csv: 1 rows set apart, a position outside the protein: line 5 (W11A; 10 residues)",
                        "s.csv: 1 rows set apart, an insertion or deletion: line 6 (A5del)",
                        "s.csv: 2 rows set apart, no substitution of the form A24C: line 7 (empty), line 14 (A24)",
                        "s.csv: 1 rows set apart, a position twice: line 8 (K2R:K2V)",
                        "s.csv: 2 rows set apart, no number as DMS_score: line 9 (V3A: ''), line 10 (V3C: 'nan')",
                        "s.csv: 2 rows set apart, a letter that is none of the 20: line 11 (V3*), line 12 (V3B)");
    }

    @Test
    void tabsSemicolonsQuotesCompressionAndByteOrderMarksAreRead() throws Exception {
        String comma = "mutant,DMS_score\nM1A,1\nK2R,2\nV3A,3\n";
        Scan plain = read(comma);
        assertThat(read(comma.replace(',', ';').replace("\n", "\r\n")))
                .usingRecursiveComparison()
                .isEqualTo(plain);
        assertThat(read(comma.replace(',', '\t'))).usingRecursiveComparison().isEqualTo(plain);
        assertThat(read("\uFEFF\"note, with a comma\",\"mutant\",DMS_score\n\"a,b\",M1A,1\n,K2R,2\n,\"V3A\",3\n"))
                .usingRecursiveComparison()
                .isEqualTo(plain);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("z")))) {
            out.write(comma.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ScanReader.read(folder.resolve("z"), "s.csv", "s", WILD_TYPE, 0))
                .usingRecursiveComparison()
                .isEqualTo(plain);
    }

    @Test
    void anOffsetIsTakenOffTheNumbers() throws Exception {
        Scan scan = read("mutant,DMS_score\nM101A,1\nK102R,2\nV103A,3\n", 100);
        assertThat(scan.variants()).extracting(Variant::first).containsExactly(1, 2, 3);
    }

    @Test
    void whereNumbersCountFromElsewhereTheOffsetThatFitsIsNamed() {
        String shifted = "mutant,DMS_score\nM25A,1\nK26R,2\nV27A,3\nL28A,3\nA29C,3\nW30A,1\n";
        assertThatThrownBy(() -> read(shifted))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("only 0 of 6 rows")
                .hasMessageContaining("the offset 24 fits");
    }

    @Test
    void aScanOfAnotherProteinIsRefusedWithItsFirstRows() {
        assertThatThrownBy(() -> read("mutant,DMS_score\nC1A,1\nC2R,2\nC3A,3\nC4A,3\nC5D,3\nC6A,1\n"))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("no row can be used: is P its wild type?")
                .hasMessageContaining("line 2 (C1A; the protein has M there)");
    }

    @Test
    void aTableWithoutTheColumnsSaysWhichThereAre() {
        assertThatThrownBy(() -> read("variant,score\nM1A,1\n"))
                .isInstanceOf(UnusableDataException.class)
                .hasMessage("s.csv: no column 'mutant'; line 1 names [variant, score]");
        assertThatThrownBy(() -> read("mutant,DMS_score\n"))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("it has no rows");
        assertThatThrownBy(() -> read("")).isInstanceOf(UnusableDataException.class);
    }

    @Test
    void aVariantThatStandsTwiceCountsTwiceAndIsSaid() throws Exception {
        Scan scan = read("mutant,DMS_score\nM1A,1\nM1A,2\nK2R,0\n");
        assertThat(scan.variants()).hasSize(3);
        assertThat(scan.findings())
                .containsExactly("s.csv: 1 rows are of variants that stood there before; each row counts");
    }

    private Scan read(String content) throws IOException, UnusableDataException {
        return read(content, 0);
    }

    private Scan read(String content, int offset) throws IOException, UnusableDataException {
        Path file = Files.writeString(folder.resolve("s.csv"), content);
        return ScanReader.read(file, "s.csv", "s", WILD_TYPE, offset);
    }
}
