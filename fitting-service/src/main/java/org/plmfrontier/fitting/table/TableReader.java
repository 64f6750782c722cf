package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        return read(TextSource.of(lines.toList()), mapping, Optional.empty());
    }

    /**
     * Reads and checks a table.
     *
     * @param sheet N and tokens per step by run, for files without them
     * @throws BadTableException if the file is no table of losses
     */
    public static LossTable read(TextSource text, ColumnMapping mapping, Optional<RunSheet> sheet) {
        return losses(UncheckedRows.of(text, mapping, sheet));
    }

    /**
     * Reads and checks a table of losses or of optima, whichever the columns say.
     *
     * @param sheet N and tokens per step by run, for files without them
     * @throws BadTableException if the file is neither
     */
    public static Table readAny(TextSource text, ColumnMapping mapping, Optional<RunSheet> sheet) {
        TableFormat format = TableFormat.of(text, mapping, sheet);
        return format.isOptima() ? OptimumReader.read(text, format) : losses(UncheckedRows.of(text, format));
    }

    private static LossTable losses(UncheckedRows unchecked) {
        FindingLog findings = new FindingLog();
        List<TableRow> rows = new ArrayList<>();
        unchecked.read(findings, rows::add);
        List<TableRow> standing = IngestChecks.check(rows, unchecked.hasFlops(), unchecked.units(), findings);
        return new LossTable(standing, findings.list(), unchecked.hasFlops());
    }
}
