package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A table of optima: the best N, and perhaps the best D, for each compute.
 *
 * @param rows usable ones in the file's order
 * @param findings by line
 */
public record OptimaTable(List<Row> rows, List<Finding> findings) implements Table {
    /**
     * One optimum.
     *
     * @param computeFlops C
     * @param parameters N_opt
     * @param tokens D_opt; empty where the file does not say it
     */
    public record Row(int line, String group, double computeFlops, double parameters, OptionalDouble tokens) {}

    public OptimaTable {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /** Groups in the file; the empty text alone where it names none. */
    public List<String> groups() {
        return rows.stream().map(Row::group).distinct().sorted().toList();
    }

    /** The rows of one group, with all findings; all rows without a name. */
    public OptimaTable group(@Nullable String name) {
        return name == null
                ? this
                : new OptimaTable(
                        rows.stream().filter(row -> row.group().equals(name)).toList(), findings);
    }
}
