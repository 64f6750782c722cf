package org.plmfrontier.fitting.table;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Makes rows of records. A row that cannot be used becomes a finding. C is passed on as it stands, impossible numbers
 * included: what stands for it is decided by run. Not thread-safe.
 */
final class RowReader {
    private static final double LARGEST_N = 1e15;
    private static final double LARGEST_D = 1e18;
    private static final double SMALLEST_D = 100;
    private static final double LARGEST_LOSS = 100;

    private final TableFormat format;
    private final FindingLog findings;
    private int firstBlank;
    private long blankLosses;

    RowReader(TableFormat format, FindingLog findings) {
        this.format = format;
        this.findings = findings;
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
            found(Finding.Kind.IGNORED_VALUE, Column.RUN, line, "", "is blank: the row is taken as a run of its own");
        }
        String name = run.or(this::onlyRun).orElse("row-" + line);
        row(line, cells, name, text(Column.LOSS, cells).orElse("")).ifPresent(rows);
    }

    /** Says how many rows had no loss, as logs have that write it now and then. */
    void finish() {
        if (blankLosses > 0) {
            String rows = blankLosses == 1 ? "" : ", and so in " + blankLosses + " rows, which are left out";
            found(Finding.Kind.BAD_VALUE, Column.LOSS, firstBlank, "", "is blank, not a positive number" + rows);
        }
    }

    /** The run of a file without a column for it, where the table of runs has one row. */
    private Optional<String> onlyRun() {
        return format.sheet()
                .map(RunSheet::sizes)
                .filter(sizes -> sizes.size() == 1)
                .map(sizes -> sizes.keySet().iterator().next());
    }

    private Optional<TableRow> row(int line, String[] cells, String run, String lossCell) {
        OptionalDouble step = optional(Column.STEP, cells, line, run);
        OptionalDouble n = size(cells, line, run);
        OptionalDouble d = tokens(cells, line, run, step);
        OptionalDouble loss = loss(lossCell, line, run);
        if (n.isEmpty() || d.isEmpty() || loss.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableRow(
                line,
                run,
                text(Column.GROUP, cells).orElse(""),
                new TableRow.Measured(n.getAsDouble(), d.getAsDouble(), flops(cells), loss.getAsDouble()),
                new TableRow.Training(
                        format.countsLogs() ? OptionalDouble.empty() : step,
                        optional(Column.LR, cells, line, run),
                        optional(Column.UNIQUE_TOKENS, cells, line, run),
                        optional(Column.EPOCHS, cells, line, run))));
    }

    private OptionalDouble size(String[] cells, int line, String run) {
        if (format.place(Column.N).isPresent()) {
            return positive(Column.N, cells, line, run, 0, LARGEST_N);
        }
        Optional<RunSheet.Size> size = format.sheet().map(sheet -> sheet.sizes().get(run));
        if (size.isEmpty()) {
            found(Finding.Kind.BAD_VALUE, Column.RUN, line, run, "the table of --runs has no run '" + run + "'");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(size.get().parameters());
    }

    private OptionalDouble tokens(String[] cells, int line, String run, OptionalDouble step) {
        if (format.place(Column.D).isPresent()) {
            return positive(Column.D, cells, line, run, SMALLEST_D, LARGEST_D);
        }
        Optional<RunSheet.Size> size = format.sheet().map(sheet -> sheet.sizes().get(run));
        if (size.isEmpty() && format.place(Column.N).isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble perStep = size.map(RunSheet.Size::tokensPerStep).orElse(OptionalDouble.empty());
        if (perStep.isEmpty() || step.isEmpty() || !(step.getAsDouble() > 0)) {
            String why = perStep.isEmpty()
                    ? "the table of --runs has no tokens_per_step for the run"
                    : "there are no tokens without a positive step";
            found(Finding.Kind.BAD_VALUE, Column.D, line, run, why);
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(step.getAsDouble() * perStep.getAsDouble());
    }

    private OptionalDouble loss(String cell, int line, String run) {
        if (cell.isEmpty()) {
            firstBlank = blankLosses == 0 ? line : firstBlank;
            blankLosses++;
            return OptionalDouble.empty();
        }
        OptionalDouble value = NumberText.parse(cell, format.mark(), Scale.ONE, false);
        double nats = value.isPresent() && value.getAsDouble() > 0
                ? format.lossUnit().toNats(value.getAsDouble())
                : Double.NaN;
        if (!(nats > 0)) {
            String what = format.lossUnit() == LossUnit.PERPLEXITY && value.isPresent()
                    ? "'" + cell + "' is no perplexity, which is above 1"
                    : notPositive(cell);
            found(Finding.Kind.BAD_VALUE, Column.LOSS, line, run, what);
            return OptionalDouble.empty();
        }
        if (nats > LARGEST_LOSS) {
            found(
                    Finding.Kind.ABSURD_UNITS,
                    Column.LOSS,
                    line,
                    run,
                    cell + " is not between 0.0 and " + LARGEST_LOSS
                            + " nats; is it a perplexity? Then name the column with" + " --columns perplexity=HEADER");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(nats);
    }

    private OptionalDouble positive(
            Column column, String[] cells, int line, String run, double smallest, double largest) {
        String cell = text(column, cells).orElse("");
        OptionalDouble value = number(column, cell);
        if (value.isEmpty() || !(value.getAsDouble() > 0)) {
            found(Finding.Kind.BAD_VALUE, column, line, run, notPositive(cell));
            return OptionalDouble.empty();
        }
        if (value.getAsDouble() < smallest || value.getAsDouble() > largest) {
            found(
                    Finding.Kind.ABSURD_UNITS,
                    column,
                    line,
                    run,
                    cell + " is not between " + smallest + " and " + largest
                            + "; is it in another unit? Then say which, as in --columns " + column.label()
                            + "=HEADER*1e6");
            return OptionalDouble.empty();
        }
        return value;
    }

    private static String notPositive(String cell) {
        return cell.isEmpty() ? "is blank, not a positive number" : "'" + cell + "' is not a positive number";
    }

    /** As the cell has it; NaN where it is neither blank nor a finite number. */
    private OptionalDouble flops(String[] cells) {
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
            found(
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

    private void found(Finding.Kind kind, Column column, int line, String run, String what) {
        findings.add(new Finding(
                kind, line, column.label(), run, "line " + line + ", column " + column.label() + ": " + what));
    }
}
