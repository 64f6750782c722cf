package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.table.Finding.Kind;

class FindingLogTest {
    @Test
    void aHundredThousandBadRowsAreAShortListThatSaysHowManyAndWhere() {
        Stream<String> lines = Stream.concat(
                Stream.of("run,N,D,loss,lr", "good,1e6,1e8,3,"),
                IntStream.range(0, 100_000).mapToObj(i -> i % 2 == 0 ? "bad,1e6,1e8" : "bad,1e6,1e8,low,fast"));
        LossTable table = TableReader.read(lines, ColumnMapping.usual());
        assertThat(table.rows()).hasSize(1);
        assertThat(table.findings()).hasSizeLessThan(160);
        assertThat(table.findings())
                .filteredOn(finding -> finding.kind() == Kind.BAD_VALUE)
                .last()
                .satisfies(finding -> {
                    assertThat(finding.column()).isEqualTo("loss");
                    assertThat(finding.sentence()).contains("49950 more").contains("to 100002");
                });
    }

    @Test
    void rowsWithoutALossAreOneFinding() {
        LossTable table = TableReader.read(
                Stream.of("run,step,N,D,loss,eval_loss", "a,1,1e6,1e8,4,", "a,2,1e6,2e8,3.9,3.95", "a,3,1e6,3e8,3.8,"),
                ColumnMapping.usual());
        assertThat(table.rows()).extracting(TableRow::line).containsExactly(3);
        assertThat(table.findings())
                .filteredOn(finding -> finding.kind() == Kind.BAD_VALUE)
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .startsWith("line 2, column loss")
                        .contains("2 rows"));
    }

    @Test
    void allAreCountedAndTheFirstUnusableRowIsKnown() {
        FindingLog log = new FindingLog();
        for (int line = 2; line < 100; line++) {
            log.add(new Finding(Kind.FLOPS_OFF, line, "C", "r", "line " + line + ": off"));
        }
        log.add(new Finding(Kind.BAD_VALUE, 3, "loss", "r", "line 3: bad"));
        assertThat(log.counts()).containsEntry(Kind.FLOPS_OFF, 98L).containsEntry(Kind.BAD_VALUE, 1L);
        assertThat(log.total()).isEqualTo(99);
        assertThat(log.list()).hasSize(FindingLog.LISTED + 2);
        assertThat(log.firstFatal())
                .hasValueSatisfying(first -> assertThat(first.line()).isEqualTo(3));
    }
}
