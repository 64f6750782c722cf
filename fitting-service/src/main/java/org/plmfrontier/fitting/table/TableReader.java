package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a CSV table of losses: columns run, N, D, C, loss and optionally step, lr, unique_tokens, epochs, group. N, D and loss
 * must be there. A row that cannot be used becomes a finding and the others go on. Not for sharing between threads.
 */
public final class TableReader {
    private static final double LARGEST_N = 1e15;
    private static final double LARGEST_D = 1e18;
    private static final double SMALLEST_N = 100;
    private static final double SMALLEST_D = 100;
    private static final double LARGEST_LOSS = 100;

    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final String[] header;
    private final List<TableRow> rows = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private TableReader(String[] header, ColumnMapping mapping) {
        this.header = header;
        for (Column column : Column.values()) {
            Optional<Integer> place = mapping.find(column, header);
            place.ifPresent(i -> places.put(column, i));
            if (place.isEmpty() && mapping.headers().containsKey(column)) {
                throw missing(mapping.headers().get(column));
            }
        }
        for (Column column : List.of(Column.N, Column.D, Column.LOSS)) {
            if (!places.containsKey(column)) {
                throw missing(column.label());
            }
        }
    }

    /**
     * Reads and checks a table.
     *
     * @param lines the file's lines, header first; blank lines and a byte order mark are skipped
     * @throws BadTableException if there is no row or a needed column is missing
     */
    public static LossTable read(Stream<String> lines, ColumnMapping mapping) {
        Iterator<String> iterator = lines.iterator();
        if (!iterator.hasNext()) {
            throw new BadTableException("the file is empty");
        }
        String first = iterator.next();
        TableReader reader =
                new TableReader(CsvLine.split(first.startsWith("\uFEFF") ? first.substring(1) : first), mapping);
        for (int line = 2; iterator.hasNext(); line++) {
            String text = iterator.next();
            if (!text.isBlank()) {
                reader.row(line, CsvLine.split(text));
            }
        }
        if (reader.rows.isEmpty() && reader.findings.isEmpty()) {
            throw new BadTableException("the file has a header and no rows");
        }
        return IngestChecks.check(new LossTable(reader.rows, reader.findings, reader.places.containsKey(Column.C)));
    }

    private BadTableException missing(String column) {
        return new BadTableException("the file has no column " + column + "; its columns are "
                + Arrays.stream(header).map(String::trim).collect(Collectors.joining(", ")));
    }

    private void row(int line, String[] cells) {
        if (cells.length != header.length) {
            findings.add(new Finding(
                    Finding.Kind.BAD_ROW,
                    line,
                    "",
                    "",
                    "line " + line + " has " + cells.length + " cells, the header has " + header.length));
            return;
        }
        String run = text(Column.RUN, cells).orElse("row-" + line);
        OptionalDouble n = positive(Column.N, cells, line, run, SMALLEST_N, LARGEST_N);
        OptionalDouble d = positive(Column.D, cells, line, run, SMALLEST_D, LARGEST_D);
        OptionalDouble loss = positive(Column.LOSS, cells, line, run, 0, LARGEST_LOSS);
        if (n.isPresent() && d.isPresent() && loss.isPresent()) {
            rows.add(new TableRow(
                    line,
                    run,
                    n.getAsDouble(),
                    d.getAsDouble(),
                    flops(cells, line, run),
                    loss.getAsDouble(),
                    optional(Column.STEP, cells),
                    optional(Column.LR, cells),
                    optional(Column.UNIQUE_TOKENS, cells),
                    optional(Column.EPOCHS, cells),
                    text(Column.GROUP, cells).orElse("")));
        }
    }

    private Optional<String> text(Column column, String[] cells) {
        return Optional.ofNullable(places.get(column)).map(i -> cells[i].trim()).filter(cell -> !cell.isEmpty());
    }

    private OptionalDouble positive(
            Column column, String[] cells, int line, String run, double smallest, double largest) {
        String cell = text(column, cells).orElse("");
        OptionalDouble value = number(cell);
        if (value.isEmpty() || !(value.getAsDouble() > 0) || Double.isInfinite(value.getAsDouble())) {
            found(Finding.Kind.BAD_VALUE, column, line, run, "'" + cell + "' is not a positive number");
            return OptionalDouble.empty();
        }
        if (value.getAsDouble() < smallest || value.getAsDouble() > largest) {
            found(
                    Finding.Kind.ABSURD_UNITS,
                    column,
                    line,
                    run,
                    cell + " is not between " + smallest + " and " + largest + "; is it in another unit?");
            return OptionalDouble.empty();
        }
        return value;
    }

    private OptionalDouble flops(String[] cells, int line, String run) {
        Optional<String> cell = text(Column.C, cells);
        OptionalDouble value = cell.isEmpty() ? OptionalDouble.empty() : number(cell.get());
        boolean good = value.isPresent() && value.getAsDouble() > 0 && value.getAsDouble() < Double.POSITIVE_INFINITY;
        if (cell.isPresent() && !good) {
            found(Finding.Kind.OVERFLOWED_FLOPS, Column.C, line, run, "'" + cell.get() + "' is not a positive number");
        }
        return good ? value : OptionalDouble.empty();
    }

    private OptionalDouble optional(Column column, String[] cells) {
        OptionalDouble value = text(column, cells).map(TableReader::number).orElse(OptionalDouble.empty());
        return value.isPresent() && value.getAsDouble() >= 0 && value.getAsDouble() < Double.POSITIVE_INFINITY
                ? value
                : OptionalDouble.empty();
    }

    private void found(Finding.Kind kind, Column column, int line, String run, String what) {
        findings.add(new Finding(
                kind, line, column.label(), run, "line " + line + ", column " + column.label() + ": " + what));
    }

    private static OptionalDouble number(String cell) {
        try {
            double value = Double.parseDouble(cell);
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }
}
