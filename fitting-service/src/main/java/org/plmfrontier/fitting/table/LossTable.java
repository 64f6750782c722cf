package org.plmfrontier.fitting.table;

import java.util.List;

/**
 * What a file holds.
 *
 * @param rows usable rows in the file's order, repeated ones left out
 * @param findings what is wrong, in the file's order
 * @param hasFlops whether the file has a column for C
 */
public record LossTable(List<TableRow> rows, List<Finding> findings, boolean hasFlops) {
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
}
