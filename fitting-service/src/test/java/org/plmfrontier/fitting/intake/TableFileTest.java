package org.plmfrontier.fitting.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableRow;

class TableFileTest {
    private static final String HEADER = "run,N,D,C,loss";

    @Test
    void aMillionRowsAreNeverHeldTogether() {
        AtomicLong read = new AtomicLong();
        AtomicLong told = new AtomicLong();
        Iterator<String> lines = IntStream.rangeClosed(0, 1_000_000)
                .mapToObj(i -> {
                    read.incrementAndGet();
                    return i == 0 ? HEADER : "run" + i / 1000 + ",1e6," + (1e8 + i) + ",6e14,3.1";
                })
                .iterator();
        new TableFile(lines, ColumnMapping.usual()).tell(piece -> {
            told.addAndGet(piece.rows().size());
            assertThat(read.get() - told.get()).isBetween(0L, 2L);
        });
        assertThat(told.get()).isEqualTo(1_000_000);
    }

    @Test
    void findingsKeepTheLineOfTheFileInEveryPiece() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int line = 2; line <= 3 * TableFile.PIECE; line++) {
            lines.add(line % 15_000 == 0 ? "bad,1e6,1e8,6e14,NaN" : "r,1e6," + (1e8 + line) + ",6e14,3.1");
        }
        FindingList findings = new FindingList();
        file(lines).tell(piece -> findings.add(piece.findings()));
        List<Finding> bad = findings.kept().stream()
                .filter(finding -> finding.kind() == Finding.Kind.BAD_VALUE)
                .toList();
        assertThat(bad).extracting(Finding::line).containsExactly(15_000, 30_000, 45_000, 60_000);
        assertThat(bad.get(3).sentence()).contains("line 60000");
    }

    @Test
    void filesThatAreNoneAreRefused() {
        refused(List.of(), "is empty");
        refused(List.of(HEADER), "no rows");
        refused(List.of(HEADER, "", " "), "no rows");
        refused(List.of("run,N,loss", "r,1,2"), "no column D");
    }

    @Test
    void findingsAreCountedBeyondThoseThatAreKept() {
        FindingList findings = new FindingList();
        Finding one = new Finding(Finding.Kind.FLOPS_OFF, 2, "C", "r", "line 2: off");
        for (int i = 0; i < FindingList.MOST + 5; i++) {
            findings.add(List.of(one));
        }
        findings.add(List.of(new Finding(Finding.Kind.BAD_VALUE, 9, "loss", "r", "line 9: bad")));
        assertThat(findings.kept()).hasSize(FindingList.MOST);
        assertThat(findings.counts()).containsEntry(Finding.Kind.FLOPS_OFF, FindingList.MOST + 5L);
        assertThat(findings.total()).isEqualTo(FindingList.MOST + 6L);
    }

    @Test
    void finalsOfFewRowsAreTheRowsAndOfADecayedRunTheLastOne() {
        List<TableRow> rows = rows(List.of(
                "run,N,D,C,loss,lr",
                "r,1e6,1e8,6e14,3.1,1e-3",
                "r,1e6,2e8,12e14,3.0,1e-3",
                "r,1e6,4e8,24e14,2.9,1e-3"));
        assertThat(finals(rows).points()).extracting(FinalPoint::lossNats).containsExactly(3.1, 3.0, 2.9);
        List<TableRow> decayed = rows(List.of(
                "run,N,D,C,loss,lr",
                "r,1e6,1e8,6e14,3.1,1e-3",
                "r,1e6,2e8,12e14,3.0,1e-3",
                "r,1e6,4e8,24e14,2.9,1e-5"));
        assertThat(finals(decayed).points())
                .extracting(FinalPoint::computeFlops)
                .containsExactly(24e14);
        assertThat(finals(decayed).excluded()).hasSize(1);
    }

    private static RunRows.Finals finals(List<TableRow> rows) {
        RunRows run = new RunRows(StepThinning.USUAL, true);
        rows.forEach(run::add);
        return run.finals();
    }

    private static List<TableRow> rows(List<String> lines) {
        List<LossTable> pieces = new ArrayList<>();
        file(lines).tell(pieces::add);
        return pieces.getFirst().rows();
    }

    private static void refused(List<String> lines, String why) {
        assertThatThrownBy(() -> file(lines).tell(piece -> {}))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining(why);
    }

    private static TableFile file(List<String> lines) {
        return new TableFile(Stream.concat(lines.stream(), Stream.empty()).iterator(), ColumnMapping.usual());
    }
}
