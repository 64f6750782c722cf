package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.table.Finding.Kind;

/** What stands for C: one convention per run, whatever single cells hold, and a label that says what was used. */
class FlopsOfRunsTest {
    private static final double N = 5e8;

    /** C of row i of the second run; the first run's is 6 N D. */
    private interface Cell {
        String of(int i, double sixNd);
    }

    private static LossTable read(String columns, Cell cell) {
        List<String> lines = new ArrayList<>(List.of("run,N,D,C,loss"));
        for (String run : List.of("steady", "odd")) {
            double n = run.equals("odd") ? N : N / 4;
            for (int i = 1; i <= 6; i++) {
                double d = 2e9 * i;
                String flops = run.equals("odd") ? cell.of(i, 6 * n * d) : text(6 * n * d);
                lines.add(run + "," + n + "," + d + "," + flops + "," + (2.5 + 1.0 / i + n / 1e10));
            }
        }
        ColumnMapping mapping = columns.isEmpty() ? ColumnMapping.usual() : ColumnMapping.parse(columns);
        return TableReader.read(lines.stream(), mapping);
    }

    private static LossTable read(Cell cell) {
        return read("", cell);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.5e", value);
    }

    private static Stream<TableRow> odd(LossTable table) {
        return table.rows().stream().filter(row -> row.run().equals("odd"));
    }

    private static void sixNd(LossTable table, Kind kind, int line) {
        assertThat(odd(table)).hasSize(6).allSatisfy(row -> {
            assertThat(row.computeFlops()).isEmpty();
            assertThat(row.flops()).isEqualTo(6 * N * row.tokens());
        });
        assertThat(table.rows())
                .filteredOn(row -> row.run().equals("steady"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.computeFlops()).isPresent());
        assertThat(table.findings())
                .filteredOn(finding -> finding.kind() == kind)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(line);
                    assertThat(finding.column()).isEqualTo("C");
                    assertThat(finding.run()).isEqualTo("odd");
                    assertThat(finding.sentence()).contains("6 N D");
                });
        assertThat(table.compute()).isEqualTo(Convention.Compute.MIXED);
    }

    @Test
    void sumsThatWrapAt64BitsAreReplacedInTheWholeRun() {
        sixNd(read((i, sixNd) -> text(i < 5 ? sixNd : sixNd - 0x1p64)), Kind.OVERFLOWED_FLOPS, 12);
        sixNd(read((i, sixNd) -> text(i < 5 ? sixNd : sixNd / 40)), Kind.OVERFLOWED_FLOPS, 12);
    }

    @Test
    void sumsThatStayAtTheLargestNumberAreReplacedInTheWholeRun() {
        sixNd(read((i, sixNd) -> i < 4 ? text(sixNd) : "9223372036854775807"), Kind.OVERFLOWED_FLOPS, 11);
        sixNd(read((i, sixNd) -> text(Math.min(sixNd, 1.4e19))), Kind.OVERFLOWED_FLOPS, 11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-8.2e18", "0", "NaN", "inf", "Infinity", "-inf", "1e400", "overflow"})
    void impossibleFlopsAreReplacedInTheWholeRun(String impossible) {
        sixNd(read((i, sixNd) -> i == 3 ? impossible : text(sixNd)), Kind.OVERFLOWED_FLOPS, 10);
    }

    @Test
    void aSpikeOfFlopsIsNotUsed() {
        sixNd(read((i, sixNd) -> text(i == 6 ? 1e12 * sixNd : sixNd)), Kind.OVERFLOWED_FLOPS, 13);
        sixNd(read((i, sixNd) -> text(i == 1 ? sixNd / 50 : sixNd)), Kind.OVERFLOWED_FLOPS, 9);
    }

    @Test
    void aSingleRowThatWrappedIsKnownByItsSize() {
        LossTable table = TableReader.read(
                Stream.of("run,N,D,C,loss", "a,4.1e8,8.2e9,1.884609e18,3.0", "b,4.1e8,4.1e8,1.0086e18,3.3"),
                ColumnMapping.usual());
        assertThat(table.findings()).extracting(Finding::kind).containsExactly(Kind.OVERFLOWED_FLOPS);
        assertThat(table.rows().getFirst().computeFlops()).isEmpty();
        assertThat(table.rows().getLast().computeFlops()).hasValue(1.0086e18);
    }

    @Test
    void roundedFlopsThatStayTheSameForAStepAreNoOverflow() {
        LossTable table = TableReader.read(
                Stream.of(
                        "run,N,D,C,loss",
                        "a,1e7,1.000e9,6.0e16,3",
                        "a,1e7,1.004e9,6.0e16,2.9",
                        "a,1e7,1.1e9,6.6e16,2.8"),
                ColumnMapping.usual());
        assertThat(table.findings()).isEmpty();
    }

    @Test
    void blankFlopsOfARunAreItsOwnFlopsPerToken() {
        LossTable table = read((i, sixNd) -> i % 2 == 0 ? "" : text(1.3 * sixNd));
        assertThat(odd(table))
                .hasSize(6)
                .allSatisfy(
                        row -> assertThat(row.flops() / (6 * N * row.tokens())).isCloseTo(1.3, within(1e-4)));
        assertThat(table.compute()).isEqualTo(Convention.Compute.AS_GIVEN);
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.FLOPS_COMPUTED);
            assertThat(finding.line()).isEqualTo(9);
            assertThat(finding.sentence()).contains("3 of 6 rows").contains("FLOPs per token");
        });
    }

    @Test
    void aRunWithoutFlopsHasSixNdAndTheLabelSaysSo() {
        sixNd(read((i, sixNd) -> ""), Kind.FLOPS_COMPUTED, 8);
        sixNd(read((i, sixNd) -> i == 1 ? "n/a" : text(sixNd * (1 + 0.1 * i))), Kind.FLOPS_COMPUTED, 8);
    }

    @Test
    void twoConventionsInOneFileAreSaid() {
        LossTable table = TableReader.read(
                Stream.of(
                        "run,N,D,C,loss",
                        "a,1e7,1e9,8e16,3.2",
                        "b,2e7,1e9,,3.1",
                        "c,4e7,1e9,3.2e17,3.0",
                        "d,8e7,1e9,6.4e17,2.9"),
                ColumnMapping.usual());
        assertThat(table.compute()).isEqualTo(Convention.Compute.MIXED);
        assertThat(table.findings())
                .filteredOn(finding -> finding.kind() == Kind.MIXED_FLOPS)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(3);
                    assertThat(finding.sentence())
                            .contains("6 N D in 1 runs")
                            .contains("1.33 times 6 N D, in 3")
                            .contains("C=6ND");
                });
        LossTable same = read("C=6ND", (i, sixNd) -> text(1.3 * sixNd));
        assertThat(same.compute()).isEqualTo(Convention.Compute.SIX_ND);
        assertThat(same.hasFlops()).isFalse();
        assertThat(same.findings()).isEmpty();
    }

    @Test
    void aColumnOfBlanksIsNone() {
        LossTable table = TableReader.read(
                Stream.of("run,N,D,C,loss,lr", "a,1e7,1e9,,3.2,", "b,2e7,1e9,,3.1,"), ColumnMapping.usual());
        assertThat(table.hasFlops()).isFalse();
        assertThat(table.compute()).isEqualTo(Convention.Compute.SIX_ND);
        assertThat(table.findings()).isEmpty();
        assertThat(table.rows())
                .allSatisfy(row -> assertThat(row.learningRate()).isEmpty());
    }

    @Test
    void flopsInAnotherUnitAreNotTakenForFlops() {
        sixNd(read((i, sixNd) -> text(sixNd / 1e18)), Kind.FLOPS_UNIT, 8);
        LossTable said = read("C=C*1e18", (i, sixNd) -> text(sixNd / 1e18));
        assertThat(odd(said))
                .allSatisfy(row -> assertThat(row.computeFlops().orElse(0))
                        .isCloseTo(6 * N * row.tokens(), within(1e-4 * 6 * N * row.tokens())));
    }

    @ParameterizedTest
    @ValueSource(doubles = {640, 7, 0.5})
    void aRunWhoseSizeIsInMillionsIsNotFitted(double size) {
        List<String> lines = new ArrayList<>(List.of("run,N,D,C,loss"));
        for (double n : new double[] {2e6, 8e6, 2.4e7, size}) {
            for (int i = 1; i <= 4; i++) {
                double real = n < 1000 ? n * 1e6 : n;
                lines.add("n" + n + "," + n + "," + 1e8 * i + "," + 6 * real * 1e8 * i + ","
                        + (3 + 1.0 / i + 1e6 / real));
            }
        }
        for (List<String> file : List.of(
                lines,
                lines.stream()
                        .map(line -> line.replaceFirst(",[^,]*(,[^,]*)$", "$1"))
                        .toList())) {
            LossTable table = TableReader.read(file.stream(), ColumnMapping.usual());
            assertThat(table.rows()).hasSize(12).noneMatch(row -> row.parameters() == size);
            assertThat(table.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.kind()).isEqualTo(Kind.ABSURD_UNITS);
                assertThat(finding.run()).isEqualTo("n" + size);
                assertThat(finding.line()).isEqualTo(14);
                assertThat(finding.sentence()).contains("4 rows").contains("--columns N=HEADER*1e6");
            });
        }
    }
}
