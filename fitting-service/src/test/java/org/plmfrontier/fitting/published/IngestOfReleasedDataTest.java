package org.plmfrontier.fitting.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableReader;

/** What is wrong in a released table is found, named by run and row, and does not stop the good rows. */
class IngestOfReleasedDataTest {
    @Test
    void overflowedFlopsOfTheGemstonesAreNamedByRunAndRowAndTheirRowsStay() {
        List<Map<String, String>> rows = ReferenceData.rows("gemstones_points.csv").stream()
                .filter(row -> row.get("subset").equals("hot"))
                .toList();
        LossTable table = TableReader.read(
                Stream.concat(
                        Stream.of("run,N,D,C,loss,step"),
                        rows.stream()
                                .map(r -> String.join(
                                        ",",
                                        r.get("run_name"),
                                        r.get("N"),
                                        r.get("D"),
                                        r.get("C"),
                                        r.get("loss"),
                                        r.get("step")))),
                ColumnMapping.usual());
        Set<String> overflowed = rows.stream()
                .filter(row -> Double.parseDouble(row.get("C")) <= 0)
                .map(row -> row.get("run_name"))
                .collect(Collectors.toSet());
        List<Finding> found = table.findings().stream()
                .filter(f -> f.kind() == Finding.Kind.OVERFLOWED_FLOPS)
                .toList();
        System.out.println("gemstones: " + rows.size() + " rows, overflowed FLOPs in " + overflowed.size() + " runs, "
                + table.findings().size() + " findings");
        assertThat(overflowed).isNotEmpty();
        assertThat(found).extracting(Finding::run).containsAll(overflowed);
        assertThat(found).allSatisfy(finding -> assertThat(finding.line()).isGreaterThan(1));
        assertThat(table.rows())
                .hasSize(rows.size())
                .allSatisfy(row -> assertThat(row.computeFlops().isPresent())
                        .as("whether run %s keeps its C", row.run())
                        .isNotEqualTo(
                                found.stream().anyMatch(finding -> finding.run().equals(row.run()))));
    }
}
