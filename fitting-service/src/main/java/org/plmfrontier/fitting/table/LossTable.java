package org.plmfrontier.fitting.table;

import java.util.List;
import org.plmfrontier.fitting.quantity.Convention;

/**
 * What a file holds.
 *
 * @param rows usable rows in the file's order, repeated ones left out
 * @param findings what is wrong, in the file's order
 * @param hasFlops whether the file has a column for C
 */
public record LossTable(List<TableRow> rows, List<Finding> findings, boolean hasFlops) implements Table {
    public LossTable {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /** Groups in the file; the empty text alone where it names none. */
    public List<String> groups() {
        return rows.stream().map(TableRow::group).distinct().sorted().toList();
    }

    /** The rows of one group, with all findings. */
    public LossTable group(String name) {
        return new LossTable(
                rows.stream().filter(row -> row.group().equals(name)).toList(), findings, hasFlops);
    }

    /** What C of the rows really is: the file's, 6 N D, or the one in some rows and the other in the rest. */
    public Convention.Compute compute() {
        long given = rows.stream().filter(row -> row.computeFlops().isPresent()).count();
        if (given == 0) {
            return Convention.Compute.SIX_ND;
        }
        return given == rows.size() ? Convention.Compute.AS_GIVEN : Convention.Compute.MIXED;
    }

    /** Which N, D and C the rows are about. */
    public Convention convention() {
        return new Convention(Convention.Parameters.AS_GIVEN, Convention.Tokens.AS_GIVEN, compute());
    }
}
