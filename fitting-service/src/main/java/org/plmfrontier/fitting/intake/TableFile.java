package org.plmfrontier.fitting.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TableRow;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.table.UncheckedRows;

/**
 * A table of losses that may be larger than the memory.
 *
 * @param text the file's lines, header first
 * @param mapping headers named by hand
 */
public record TableFile(TextSource text, ColumnMapping mapping) {
    /** Rows that are held together. */
    static final int PIECE = 20_000;

    public TableFile {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(mapping, "mapping");
    }

    /**
     * Looks through the file once and decides how it is to be read.
     *
     * @throws org.plmfrontier.fitting.table.BadTableException where it is no table of losses
     */
    public UncheckedRows look() {
        return UncheckedRows.of(text, mapping, RunSizes.none());
    }

    /**
     * Reads rows piece by piece, in the file's order.
     *
     * @param findings receives what is wrong with single rows
     */
    public static void read(UncheckedRows rows, FindingLog findings, Consumer<List<TableRow>> pieces) {
        List<TableRow> piece = new ArrayList<>();
        rows.read(findings, row -> {
            piece.add(row);
            if (piece.size() == PIECE) {
                pieces.accept(List.copyOf(piece));
                piece.clear();
            }
        });
        if (!piece.isEmpty()) {
            pieces.accept(List.copyOf(piece));
        }
    }
}
