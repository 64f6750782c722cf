package org.plmfrontier.fitting.table;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rows of a table one by one, before they are looked at by run: their C may be any number, and steps may stand there
 * twice. Holds no row. For one thread.
 */
public final class UncheckedRows implements LossRows {
    private final TextSource text;
    private final TableFormat format;

    private UncheckedRows(TextSource text, TableFormat format) {
        this.text = text;
        this.format = format;
    }

    /**
     * Looks through a file and decides how it is to be read.
     *
     * @param sizes N and tokens per step by run, for files without them
     * @throws BadTableException where the file is no table of losses
     */
    public static UncheckedRows of(TextSource text, ColumnMapping mapping, RunSizes sizes) {
        TableFormat format = TableFormat.of(text, mapping, sizes);
        if (format.isOptima()) {
            throw new BadTableException(
                    "the file is a table of optima (C and N_opt), which has no losses: ./frontier fit FILE --method optima fits"
                            + " its power laws");
        }
        return of(text, format);
    }

    static UncheckedRows of(TextSource text, TableFormat format) {
        return new UncheckedRows(text, format);
    }

    /** Whether the file has a column for C, or FLOPs per step are known. */
    @Override
    public boolean hasFlops() {
        return format.place(Column.C).isPresent() || format.sizes().sayFlops();
    }

    @Override
    public KnownUnits units() {
        return format.units();
    }

    @Override
    public Interpretation interpretation() {
        return format.interpretation();
    }

    @Override
    public void read(FindingLog findings, Consumer<TableRow> rows) {
        findings.addAll(format.findings());
        RowReader reader = new RowReader(format, findings);
        records(text, format, findings, record -> reader.read(record, rows));
        reader.finish();
    }

    /** Reads the records below the header. */
    static void records(TextSource text, TableFormat format, FindingLog findings, Consumer<TextRecord> records) {
        try (Stream<String> lines = text.lines()) {
            Iterator<String> iterator = lines.iterator();
            RecordReader reader = new RecordReader(iterator, format.layout());
            reader.next();
            for (Optional<TextRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.accept(next.get());
            }
            if (reader.commented() > 0) {
                findings.add(Finding.at(
                        Finding.Kind.SKIPPED_LINES,
                        reader.firstCommented(),
                        "",
                        "",
                        reader.commented() + " lines that look like rows begin with a comment sign and are not read"));
            }
        }
    }
}
