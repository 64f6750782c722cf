package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.Interpretation;
import org.plmfrontier.fitting.table.KnownUnits;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TableRow;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.table.UncheckedRows;
import org.plmfrontier.fitting.textfile.EncodedText;

/**
 * The rows of a table that is one of several files: whatever is said of it begins with its name.
 *
 * @param file its name
 */
record FileRows(String file, LossRows rows) implements LossRows {
    /** Looks through the table. */
    static FileRows of(String file, TextSource text, ColumnMapping mapping, RunSizes sizes) {
        try {
            return new FileRows(file, UncheckedRows.of(text, mapping, sizes));
        } catch (BadTableException e) {
            throw named(file, e);
        }
    }

    /** The text of a file, which is read as often as its lines are asked for. */
    static TextSource text(Path file) throws IOException {
        try {
            return EncodedText.of(() -> Files.newInputStream(file));
        } catch (BadTableException e) {
            throw named(RunName.last(file), e);
        }
    }

    @Override
    public boolean hasFlops() {
        return rows.hasFlops();
    }

    @Override
    public KnownUnits units() {
        return rows.units();
    }

    @Override
    public Interpretation interpretation() {
        return rows.interpretation();
    }

    @Override
    public void read(FindingLog findings, Consumer<TableRow> consumer) {
        FindingLog own = new FindingLog();
        rows.read(own, consumer);
        own.list()
                .forEach(found -> findings.add(new Finding(
                        found.kind(), found.line(), found.column(), found.run(), file + ", " + found.sentence())));
    }

    private static BadTableException named(String file, BadTableException e) {
        return new BadTableException(file + ": " + e.getMessage(), e.line(), e.column());
    }
}
