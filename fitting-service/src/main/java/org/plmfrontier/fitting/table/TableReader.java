package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a table of losses: columns run, N, D, C, loss and optionally step, lr, unique_tokens, epochs, group, under their usual
 * names. N, D and loss must be there. Separators, decimal marks, units in headers and encodings are recognised for the file as
 * a whole. A row that cannot be used becomes a finding and the others go on.
 */
public final class TableReader {
    private TableReader() {}

    /**
     * Reads and checks a table.
     *
     * @param lines the file's lines, header first; blank lines and a byte order mark are skipped
     * @throws BadTableException if there is no row or a needed column is missing
     */
    public static LossTable read(Stream<String> lines, ColumnMapping mapping) {
        return read(TextSource.of(lines.toList()), mapping, RunSizes.none());
    }

    /**
     * Reads and checks a table.
     *
     * @param sizes N and tokens per step by run, for files without them
     * @throws BadTableException if the file is no table of losses
     */
    public static LossTable read(TextSource text, ColumnMapping mapping, RunSizes sizes) {
        return losses(UncheckedRows.of(text, mapping, sizes));
    }

    /**
     * Reads and checks a table of losses or of optima, whichever the columns say.
     *
     * @param sizes N and tokens per step by run, for files without them
     * @throws BadTableException if the file is neither
     */
    public static Table readAny(TextSource text, ColumnMapping mapping, RunSizes sizes) {
        TableFormat format = TableFormat.of(text, mapping, sizes);
        return format.isOptima() ? OptimumReader.read(text, format) : losses(UncheckedRows.of(text, format));
    }

    /** Reads all rows into memory and checks them by run. */
    public static LossTable losses(LossRows unchecked) {
        FindingLog findings = new FindingLog();
        List<TableRow> rows = new ArrayList<>();
        unchecked.read(findings, rows::add);
        return checked(rows, unchecked, findings);
    }

    /**
     * Checks rows by run that were read already.
     *
     * @param rows all of them, in their order
     * @param source what they were read from
     * @param findings of the reading, to which those of the checks are added
     */
    public static LossTable checked(List<TableRow> rows, LossRows source, FindingLog findings) {
        List<TableRow> standing = IngestChecks.check(rows, source.hasFlops(), source.units(), findings);
        return new LossTable(standing, findings.list(), source.hasFlops());
    }
}
