package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Cuts lines into records. The first one is the header; blank lines and comments are left out. Not thread-safe. */
final class RecordReader {
    /** Lines of one quoted cell: more of them are a quote that was never closed. */
    private static final int MOST_LINES = 200;

    /** Cells of a record: an export has a column for each of at most ten thousand runs, and few others. */
    private static final int MOST_CELLS = 20_000;

    private static final int LONGEST_CELL = 10_000;

    private static final String DOS_END = "\u001A";

    private final Iterator<String> lines;
    private final Layout layout;
    private final CellSplitter splitter;
    private int line;
    private int width;
    private int commented;
    private int firstCommented;

    RecordReader(Iterator<String> lines, Layout layout) {
        this.lines = lines;
        this.layout = layout;
        splitter = new CellSplitter(layout.separator());
    }

    /**
     * The next record; empty at the end.
     *
     * @throws BadTableException where a quote is never closed
     */
    Optional<TextRecord> next() {
        while (lines.hasNext()) {
            String text = lines.next();
            line++;
            if (line == 1 && text.startsWith("\uFEFF")) {
                text = text.substring(1);
            }
            if (line < layout.headerLine() || text.isBlank() || text.equals(DOS_END)) {
                continue;
            }
            boolean header = line == layout.headerLine();
            if (header && layout.commented()) {
                text = Layout.uncommented(text);
            } else if (!header && Layout.isComment(text)) {
                comment(text);
                continue;
            }
            TextRecord record = record(text);
            width = header ? record.cells().length : width;
            if (Arrays.stream(record.cells()).anyMatch(cell -> !cell.isEmpty()) && !isRule(record)) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /** Comments that have as many cells as the header and so look like rows. */
    int commented() {
        return commented;
    }

    /** Line of the first of them. */
    int firstCommented() {
        return firstCommented;
    }

    private TextRecord record(String text) {
        int first = line;
        boolean complete = splitter.add(text);
        while (!complete) {
            if (!lines.hasNext() || line - first > MOST_LINES) {
                throw new BadTableException(
                        "line " + first + ": a quote is opened and not closed within " + MOST_LINES
                                + " lines; close it or double it",
                        first,
                        "");
            }
            line++;
            complete = splitter.add(lines.next());
        }
        String[] cells = splitter.cells();
        requireBounded(first, cells);
        return new TextRecord(first, layout.barred() ? withoutBars(cells) : cells);
    }

    private static void requireBounded(int line, String[] cells) {
        if (cells.length > MOST_CELLS) {
            throw new BadTableException(
                    "line " + line + ": the row has " + cells.length + " cells, at most " + MOST_CELLS + " are taken",
                    line,
                    "");
        }
        for (int i = 0; i < cells.length; i++) {
            if (cells[i].length() > LONGEST_CELL) {
                throw new BadTableException(
                        "line " + line + ", column " + (i + 1) + ": the cell has " + cells[i].length()
                                + " characters, at most " + LONGEST_CELL + " are taken",
                        line,
                        "");
            }
        }
    }

    private static String[] withoutBars(String[] cells) {
        List<String> inner = new ArrayList<>(Arrays.asList(cells));
        if (inner.getFirst().isEmpty()) {
            inner.removeFirst();
        }
        if (!inner.isEmpty() && inner.getLast().isEmpty()) {
            inner.removeLast();
        }
        return inner.toArray(String[]::new);
    }

    private boolean isRule(TextRecord record) {
        return layout.separator() == '|' && Arrays.stream(record.cells()).allMatch(cell -> cell.matches(":?-{2,}:?"));
    }

    private void comment(String text) {
        if (CellSplitter.split(text, layout.separator()).length == width) {
            firstCommented = commented == 0 ? line : firstCommented;
            commented++;
        }
    }
}
