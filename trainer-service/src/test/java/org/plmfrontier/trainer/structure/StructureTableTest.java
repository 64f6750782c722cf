package org.plmfrontier.trainer.structure;

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

class StructureTableTest {
    private static final String HEADER = "id\tsequence\tss3\tresolved_mask\n";

    @TempDir
    Path folder;

    @Test
    void columnsAreFoundByNameAndUnresolvedResiduesDoNotCount() throws IOException, UnusableDataException {
        StructureTable table = read("\uFEFFresolved_mask\tss3\tmore\tsequence\tID\r\n011\tceH\t-\tACd\tone\r\n");
        LabelledProtein protein = table.proteins().getFirst();
        assertThat(protein.protein().name()).isEqualTo("one");
        assertThat(protein.protein().letter(3)).isEqualTo('D');
        assertThat(protein.states()).containsExactly(-1, 1, 2);
        assertThat(protein.counted()).containsExactly(1, 2);
        assertThat(table.findings()).isEmpty();
    }

    @Test
    void withoutAMaskEveryResidueCounts() throws IOException, UnusableDataException {
        assertThat(read("id\tsequence\tss3\na\tACD\tCEH\n")
                        .proteins()
                        .getFirst()
                        .counted())
                .containsExactly(0, 1, 2);
    }

    @Test
    void badRowsAreSetApartWithTheirLinesAndTheRestIsUsed() throws IOException, UnusableDataException {
        StructureTable table = read(HEADER
                + "good\tACD\tCEH\t111\n"
                + "long\tACD\tCEHH\t111\n"
                + "short\tACD\tCE\t111\n"
                + "eight\tACD\tCGH\t111\n"
                + "empty\t\t\t\n"
                + "fields\tACD\n"
                + "\n"
                + "mask\tACD\tCEH\t11\n"
                + "marks\tACD\tCEH\t1?1\n"
                + "hidden\tACD\tCEH\t000\n"
                + "letter\tA-D\tCEH\t111\n"
                + "last\tWY\tHH\t11\n");
        assertThat(table.proteins()).extracting(p -> p.protein().name()).containsExactly("good", "last");
        assertThat(table.findings())
                .hasSize(8)
                .anySatisfy(f -> assertThat(f)
                        .contains("table.tsv: 2 proteins set apart, labels are not as many as residues")
                        .contains("line 3 (long: 4 for 3)")
                        .contains("line 4 (short: 2 for 3)"))
                .anySatisfy(f -> assertThat(f).contains("C, E, H").contains("line 5 (eight: 'G' at 2)"))
                .anySatisfy(f -> assertThat(f).contains("line 6 (empty)"))
                .anySatisfy(f -> assertThat(f).contains("line 7 (2 of 4)"))
                .anySatisfy(f -> assertThat(f).contains("line 9 (mask: 2 for 3)"))
                .anySatisfy(f -> assertThat(f).contains("line 10 (marks: '?' at 2)"))
                .anySatisfy(
                        f -> assertThat(f).contains("no residue is resolved").contains("line 11 (hidden)"))
                .anySatisfy(f -> assertThat(f).contains("line 12 (letter: '-' at residue 2)"));
    }

    @Test
    void compressedTablesAreReadWhateverTheirName() throws IOException, UnusableDataException {
        Path file = folder.resolve("table.tsv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + "a\tACD\tCEH\t111\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(StructureTable.read(file, "table.tsv").proteins()).hasSize(1);
    }

    @Test
    void aFileThatHoldsNoTableSaysWhatIsMissing() {
        assertThatThrownBy(() -> read("")).hasMessage("table.tsv is empty");
        assertThatThrownBy(() -> read("name\tsequence\tss3\n"))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("table.tsv, line 1: no column 'id'")
                .hasMessageContaining("[name, sequence, ss3]");
        assertThatThrownBy(() -> read(HEADER)).hasMessageContaining("no row behind the header");
        assertThatThrownBy(() -> read(HEADER + "a\tACD\tCE\t111\n")).hasMessageContaining("line 2 (a: 2 for 3)");
    }

    private StructureTable read(String text) throws IOException, UnusableDataException {
        Path file = folder.resolve("table.tsv");
        Files.writeString(file, text);
        return StructureTable.read(file, "table.tsv");
    }
}
