package org.plmfrontier.fitting.table;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Makes rows of records. A row that cannot be used becomes a finding. C is passed on as it stands, impossible numbers
 * included: what stands for it is decided by run. Not thread-safe.
 */
final class RowReader {
    private final TableFormat format;
    private final FindingLog findings;
    private final RowBuilder numbers;
    private int firstBlank;
    private long blankLosses;

    RowReader(TableFormat format, FindingLog findings) {
        this.format = format;
        this.findings = findings;
        numbers = new RowBuilder(
                format.sizes(),
                format.lossUnit(),
                findings,
                (line, column) -> "line " + line + ", column " + column.label());
    }

    /** Whether a record has more cells than the header, blank ones at the end not counted. */
    static boolean excess(String[] cells, int width) {
        int last = cells.length;
        while (last > width && cells[last - 1].isEmpty()) {
            last--;
        }
        return last > width;
    }

    /** Passes on the rows of a record: one, or of a wide table one per run. */
    void read(TextRecord record, Consumer<TableRow> rows) {
        int line = record.line();
        String[] cells = record.cells();
        if (cells.length < format.width() || excess(cells, format.width())) {
            findings.add(new Finding(
                    Finding.Kind.BAD_ROW,
                    line,
                    "",
                    "",
                    "line " + line + " has " + cells.length + " cells, the header has " + format.width()));
            return;
        }
        if (format.wide().isPresent()) {
            WideExport export = format.wide().get();
            for (WideExport.RunColumn column : export.columns()) {
                if (!NumberText.isMissing(cells[column.index()])) {
                    row(line, cells, column.run(), cells[column.index()]).ifPresent(rows);
                }
            }
            return;
        }
        Optional<String> run = text(Column.RUN, cells);
        if (run.isEmpty() && format.place(Column.RUN).isPresent()) {
            numbers.found(
                    Finding.Kind.IGNORED_VALUE, Column.RUN, line, "", "is blank: the row is taken as a run of its own");
        }
        String name = run.or(() -> format.sizes().onlyRun(format.place(Column.N).isPresent()))
                .orElse("row-" + line);
        row(line, cells, name, text(Column.LOSS, cells).orElse("")).ifPresent(rows);
    }

    /** Says how many rows had no loss, as logs have that write it now and then. */
    void finish() {
        if (blankLosses > 0) {
            String rows = blankLosses == 1 ? "" : ", and so in " + blankLosses + " rows, which are left out";
            numbers.found(
                    Finding.Kind.BAD_VALUE, Column.LOSS, firstBlank, "", "is blank, not a positive number" + rows);
        }
    }

    private Optional<TableRow> row(int line, String[] cells, String run, String lossCell) {
        OptionalDouble step = optional(Column.STEP, cells, line, run);
        OptionalDouble n = format.place(Column.N).isPresent()
                ? positive(Column.N, cells, line, run)
                : numbers.parameters(line, run);
        OptionalDouble d = tokens(cells, line, run, step, n);
        OptionalDouble loss = loss(lossCell, line, run);
        if (n.isEmpty() || d.isEmpty() || loss.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableRow(
                line,
                run,
                text(Column.GROUP, cells).orElse(""),
                new TableRow.Measured(n.getAsDouble(), d.getAsDouble(), flops(cells, run, step), loss.getAsDouble()),
                new TableRow.Training(
                        format.countsLogs() ? OptionalDouble.empty() : step,
                        optional(Column.LR, cells, line, run),
                        optional(Column.UNIQUE_TOKENS, cells, line, run),
                        optional(Column.EPOCHS, cells, line, run))));
    }

    private OptionalDouble tokens(
            String[] cells, int line, String run, OptionalDouble step, OptionalDouble parameters) {
        if (format.place(Column.D).isPresent()) {
            return positive(Column.D, cells, line, run);
        }
        return parameters.isEmpty()
                ? OptionalDouble.empty()
                : numbers.tokens(line, run, step, parameters.getAsDouble(), numbers.flops(run, step));
    }

    private OptionalDouble loss(String cell, int line, String run) {
        if (cell.isEmpty()) {
            firstBlank = blankLosses == 0 ? line : firstBlank;
            blankLosses++;
            return OptionalDouble.empty();
        }
        return numbers.loss(NumberText.parse(cell, format.mark(), Scale.ONE, false), cell, line, run);
    }

    private OptionalDouble positive(Column column, String[] cells, int line, String run) {
        String cell = text(column, cells).orElse("");
        return numbers.bounded(column, number(column, cell), cell, line, run);
    }

    /** As the cell has it, NaN where it is neither blank nor a finite number; of the step where there is no column. */
    private OptionalDouble flops(String[] cells, String run, OptionalDouble step) {
        if (format.place(Column.C).isEmpty()) {
            return numbers.flops(run, step);
        }
        String cell = text(Column.C, cells).orElse("");
        if (NumberText.isMissing(cell)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(number(Column.C, cell).orElse(Double.NaN));
    }

    private OptionalDouble optional(Column column, String[] cells, int line, String run) {
        String cell = text(column, cells).orElse("");
        if (NumberText.isMissing(cell) || cell.equalsIgnoreCase("nan")) {
            return OptionalDouble.empty();
        }
        OptionalDouble value = number(column, cell);
        if (value.isEmpty() || value.getAsDouble() < 0) {
            numbers.found(
                    Finding.Kind.IGNORED_VALUE,
                    column,
                    line,
                    run,
                    "'" + cell + "' is no number from 0 on: taken as blank");
            return OptionalDouble.empty();
        }
        return value;
    }

    private OptionalDouble number(Column column, String cell) {
        Scale scale = format.place(column).map(Place::scale).orElse(Scale.ONE);
        return NumberText.parse(cell, format.mark(), scale, column.isCount());
    }

    private Optional<String> text(Column column, String[] cells) {
        return format.place(column).map(place -> cells[place.index()]).filter(cell -> !cell.isEmpty());
    }
}
