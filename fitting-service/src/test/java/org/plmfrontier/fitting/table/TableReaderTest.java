package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.fitting.table.Finding.Kind;

class TableReaderTest {
    private static LossTable read(String... lines) {
        return TableReader.read(Stream.of(lines), ColumnMapping.usual());
    }

    @Test
    void readsRowsWithTheirLines() {
        LossTable table =
                read("run,N,D,C,loss,step,lr", "a,1e6,1e8,6e14,3.1,10,1e-3", "", "b,2e6,1e8,1.2e15,3.0,10,1e-3");
        assertThat(table.rows()).hasSize(2);
        assertThat(table.rows().get(1).line()).isEqualTo(4);
        assertThat(table.rows().get(1).run()).isEqualTo("b");
        assertThat(table.rows().get(0).learningRate()).hasValue(1e-3);
        assertThat(table.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 1e8, 3, N, BAD_VALUE", "1e6, -5, 3, D, BAD_VALUE", "1e6, 1e8, 0, loss, BAD_VALUE",
        "1e6, 1e8, abc, loss, BAD_VALUE", "5, 1e8, 3, N, ABSURD_UNITS", "1e6, 1e30, 3, D, ABSURD_UNITS",
        "1e6, 1e8, 3000, loss, ABSURD_UNITS", "1e6, Infinity, 3, D, BAD_VALUE"
    })
    void anImpossibleCellIsNamedByRowAndColumnAndTheOthersGoOn(
            String n, String d, String loss, String column, Kind kind) {
        LossTable table = read("run,N,D,loss", "good,1e6,1e8,3", "bad," + n + "," + d + "," + loss);
        assertThat(table.rows()).hasSize(1);
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.kind().isFatal()).isTrue();
            assertThat(finding.line()).isEqualTo(3);
            assertThat(finding.column()).isEqualTo(column);
            assertThat(finding.sentence()).startsWith("line 3, column " + column);
        });
    }

    @Test
    void aShortRowIsAFinding() {
        assertThat(read("run,N,D,loss", "a,1e6,1e8").findings()).singleElement().satisfies(f -> {
            assertThat(f.kind()).isEqualTo(Kind.BAD_ROW);
            assertThat(f.sentence()).isEqualTo("line 2 has 3 cells, the header has 4");
        });
    }

    @Test
    void overflowedFlopsAreSetApartAndTheRowStays() {
        LossTable table = read("run,N,D,C,loss", "a,1e6,1e8,-4273379252772012032,3");
        assertThat(table.findings()).extracting(Finding::kind).containsExactly(Kind.OVERFLOWED_FLOPS);
        assertThat(table.rows().get(0).computeFlops()).isEmpty();
        assertThat(table.rows().get(0).flops()).isEqualTo(6e14);
    }

    @Test
    void whatIsWrongInRealExportsIsFound() {
        LossTable table = read(
                "run,N,D,C,loss,step",
                "a,1e6,1e8,6e14,3.1,10",
                "a,1e6,1e8,6e14,3.1,10",
                "a,1e6,9e7,5.4e14,3.0,20",
                "a,2e6,3e8,3.6e15,2.9,30",
                "b,1e6,1e8,6e15,3.1,10");
        assertThat(table.findings())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(Kind.DUPLICATE_ROW, Kind.TOKENS_FALL, Kind.MIXED_RUN, Kind.FLOPS_OFF);
        assertThat(table.rows()).extracting(TableRow::line).containsExactly(3, 5, 6);
    }

    @Test
    void aRunThatRepeatsAnotherAndACappedOneAreFound() {
        Stream<String> lines = Stream.concat(
                Stream.of("run,N,D,loss"),
                Stream.of("x", "y")
                        .flatMap(run -> IntStream.rangeClosed(1, 500)
                                .mapToObj(i -> run + ",1e6," + i * 1000.0 + "," + (3 + 1.0 / i))));
        assertThat(TableReader.read(lines, ColumnMapping.usual()).findings())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(Kind.CAPPED_EXPORT, Kind.CAPPED_EXPORT, Kind.DUPLICATE_RUN);
    }

    @Test
    void aMissingColumnIsNamedWithTheOnesThatAreThere() {
        assertThatThrownBy(() -> read("run,N,loss", "a,1,2"))
                .isInstanceOf(BadTableException.class)
                .hasMessageStartingWith("line 1: the file has no column D; its columns are run, N, loss; ");
        assertThatThrownBy(() -> read()).hasMessage("the file is empty");
        assertThatThrownBy(() -> read("N,D,loss")).hasMessage("the file has a header and no rows");
    }

    @Test
    void otherHeadersAreMappedByNameOrByHand() {
        LossTable known = read("run_name,params,tokens,flops,val_loss", "\"a,1\",1e6,1e8,6e14,3");
        assertThat(known.rows().get(0).run()).isEqualTo("a,1");
        LossTable mapped =
                TableReader.read(Stream.of("\uFEFFx,size,D,loss", "a,1e6,1e8,3"), ColumnMapping.parse("run=x,N=size"));
        assertThat(mapped.rows().get(0).parameters()).isEqualTo(1e6);
        assertThat(mapped.hasFlops()).isFalse();
        assertThatThrownBy(() -> TableReader.read(Stream.of("N,D,loss", "1,2,3"), ColumnMapping.parse("N=q")))
                .hasMessageContaining("no column q");
        assertThatThrownBy(() -> ColumnMapping.parse("Q=x")).hasMessageContaining("'Q'");
        assertThatThrownBy(() -> ColumnMapping.parse("N")).hasMessageContaining("'N'");
    }

    @Test
    void manyRowsAreRead() {
        Stream<String> lines = Stream.concat(
                Stream.of("run,N,D,loss"),
                IntStream.rangeClosed(1, 200_000).mapToObj(i -> "r" + i % 7 + ",1e6," + (1e5 + i) + ",3." + i));
        LossTable table = TableReader.read(lines, ColumnMapping.usual());
        assertThat(table.rows()).hasSize(200_000);
    }

    @Test
    void flopsOfATable4ShapeAreHeldAgainstTable5() {
        LossTable right = read("run,N,D,C,loss", "a,5036160,325e6,1.1519e16,2.8");
        assertThat(right.findings()).isEmpty();
        LossTable wrong = read("run,N,D,C,loss", "a,5036160,325e6,1.7e16,2.8");
        assertThat(wrong.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.FLOPS_OFF);
            assertThat(finding.sentence()).contains("Table 5").contains("5M").startsWith("line 2, column C, run a");
        });
    }

    @Test
    void firstRowsOfAnotherRunAreNamedByTheirFlopsPerToken() {
        LossTable table = read(
                "run,N,D,C,loss,step",
                "a,1e6,1e7,1.2e14,3.2,1",
                "a,1e6,2e7,2.4e14,3.1,2",
                "a,1e6,3e7,1.8e14,3.0,3",
                "a,1e6,4e7,2.4e14,2.9,4",
                "a,1e6,5e7,3.0e14,2.8,5",
                "a,1e6,6e7,3.6e14,2.7,6",
                "a,1e6,7e7,4.2e14,2.6,7");
        assertThat(table.findings())
                .filteredOn(finding -> finding.kind() == Kind.FOREIGN_ROWS)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(2);
                    assertThat(finding.sentence()).contains("the first 2 rows cost 1.20e+07 FLOPs per token");
                });
        assertThat(read(
                                "run,N,D,C,loss",
                                "b,1e6,1e7,6e13,3",
                                "b,1e6,2e7,1.2e14,3",
                                "b,1e6,3e7,1.8e14,3",
                                "b,1e6,4e7,2.4e14,3",
                                "b,1e6,5e7,3e14,3")
                        .findings())
                .isEmpty();
    }

    @Test
    void rowsOfTooManyCellsAndCellsOfTooManyCharactersAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> read("run,N,D,loss", "a,1e6,1e8,3" + ",".repeat(20_000)))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("line 2: the row has 20004 cells");
        assertThatThrownBy(() -> read("run,N,D,loss", "a,1e6,1e8,3", "b,1e6," + "9".repeat(10_001) + ",3"))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("line 3, column 3");
    }
}
