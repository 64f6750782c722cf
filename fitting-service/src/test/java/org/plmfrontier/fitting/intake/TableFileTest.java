package org.plmfrontier.fitting.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.TableRow;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.table.UncheckedRows;

class TableFileTest {
    private static final String HEADER = "run,N,D,C,loss";

    @Test
    void aMillionRowsAreNeverHeldTogether() {
        AtomicLong generated = new AtomicLong();
        AtomicLong passedOn = new AtomicLong();
        TextSource text = () -> {
            generated.set(0);
            return IntStream.rangeClosed(0, 1_000_000).mapToObj(i -> {
                generated.incrementAndGet();
                return i == 0 ? HEADER : "run" + i / 1000 + ",1e6," + (1e8 + i) + ",6e14,3.1";
            });
        };
        UncheckedRows rows = new TableFile(text, ColumnMapping.usual()).look();
        TableFile.read(rows, new FindingLog(), piece -> {
            passedOn.addAndGet(piece.size());
            assertThat(piece.size()).isLessThanOrEqualTo(TableFile.PIECE);
            assertThat(generated.get() - passedOn.get()).isBetween(0L, 2L);
        });
        assertThat(passedOn.get()).isEqualTo(1_000_000);
    }

    @Test
    void findingsKeepTheLineOfTheFileInEveryPiece() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int line = 2; line <= 3 * TableFile.PIECE; line++) {
            lines.add(line % 15_000 == 0 ? "bad,1e6,1e8,6e14,NaN" : "r,1e6," + (1e8 + line) + ",6e14,3.1");
        }
        FindingLog findings = new FindingLog();
        TableFile.read(file(lines).look(), findings, piece -> {});
        assertThat(findings.list()).extracting(Finding::line).containsExactly(15_000, 30_000, 45_000, 60_000);
        assertThat(findings.list().get(3).sentence()).contains("line 60000");
    }

    @Test
    void filesThatAreNoneAreRefused() {
        refused(List.of(), "is empty");
        refused(List.of(HEADER), "no rows");
        refused(List.of(HEADER, "", " "), "no rows");
        refused(List.of("run,N,loss", "r,1,2"), "no column D");
        refused(List.of("C,N_opt", "1e18,1e8", "1e19,3e8"), "--method optima");
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
        assertThat(finals(decayed).excluded().sentences()).hasSize(1);
    }

    private static RunRows.Finals finals(List<TableRow> rows) {
        RunRows run = new RunRows(StepThinning.USUAL, true);
        rows.forEach(run::add);
        return run.finals();
    }

    private static List<TableRow> rows(List<String> lines) {
        List<TableRow> rows = new ArrayList<>();
        TableFile.read(file(lines).look(), new FindingLog(), rows::addAll);
        return rows;
    }

    private static void refused(List<String> lines, String why) {
        assertThatThrownBy(() -> file(lines).look())
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining(why);
    }

    private static TableFile file(List<String> lines) {
        return new TableFile(TextSource.of(lines), ColumnMapping.usual());
    }
}
