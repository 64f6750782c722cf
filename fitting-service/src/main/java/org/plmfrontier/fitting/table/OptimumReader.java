package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes optima of records; a row that cannot be used becomes a finding. Not thread-safe. */
final class OptimumReader {
    private final TableFormat format;
    private final FindingLog findings = new FindingLog();
    private final List<OptimaTable.Row> rows = new ArrayList<>();

    private OptimumReader(TableFormat format) {
        this.format = format;
    }

    static OptimaTable read(TextSource text, TableFormat format) {
        OptimumReader reader = new OptimumReader(format);
        reader.findings.addAll(format.findings());
        UncheckedRows.records(text, format, reader.findings, reader::row);
        return new OptimaTable(reader.rows, reader.findings.list());
    }

    private void row(TextRecord record) {
        String[] cells = record.cells();
        if (cells.length < format.width() || RowReader.excess(cells, format.width())) {
            findings.add(new Finding(
                    Finding.Kind.BAD_ROW,
                    record.line(),
                    "",
                    "",
                    "line " + record.line() + " has " + cells.length + " cells, the header has " + format.width()));
            return;
        }
        OptionalDouble flops = positive(Column.C, record);
        OptionalDouble parameters = positive(Column.N_OPT, record);
        boolean hasTokens = format.place(Column.D_OPT).isPresent();
        OptionalDouble tokens = hasTokens ? positive(Column.D_OPT, record) : OptionalDouble.empty();
        if (flops.isPresent() && parameters.isPresent() && tokens.isPresent() == hasTokens) {
            String group = format.place(Column.GROUP)
                    .map(place -> cells[place.index()])
                    .orElse("");
            rows.add(new OptimaTable.Row(record.line(), group, flops.getAsDouble(), parameters.getAsDouble(), tokens));
        }
    }

    private OptionalDouble positive(Column column, TextRecord record) {
        Optional<Place> place = format.place(column);
        String cell = place.map(found -> record.cells()[found.index()]).orElse("");
        Scale scale = place.map(Place::scale).orElse(Scale.ONE);
        OptionalDouble value = NumberText.parse(cell, format.mark(), scale, true);
        if (value.isEmpty() || !(value.getAsDouble() > 0)) {
            findings.add(Finding.at(
                    Finding.Kind.BAD_VALUE,
                    record.line(),
                    column.label(),
                    "",
                    cell.isEmpty() ? "is blank, not a positive number" : "'" + cell + "' is not a positive number"));
            return OptionalDouble.empty();
        }
        return value;
    }
}
