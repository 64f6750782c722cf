package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits records of RFC 4180 text: a cell that begins with a quote may hold separators, doubled quotes and line ends. Quotes
 * within a cell that does not begin with one are characters like others. Not thread-safe.
 */
final class CellSplitter {
    private final char separator;
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private boolean quoted;

    CellSplitter(char separator) {
        this.separator = separator;
    }

    /** The cells of one line; a quote that stays open ends with it. */
    static String[] split(String line, char separator) {
        CellSplitter splitter = new CellSplitter(separator);
        splitter.add(line);
        return splitter.cells();
    }

    /** Takes a further line; false where a quoted cell goes on in the next one. */
    boolean add(String line) {
        if (!quoted && line.indexOf('"') < 0) {
            plain(line);
            return true;
        }
        if (quoted) {
            cell.append(' ');
        }
        boolean opened = quoted;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"' && quoted) {
                quoted = false;
            } else if (c == '"' && !opened && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
                opened = true;
            } else if (c == separator && !quoted) {
                flush();
                opened = false;
            } else {
                cell.append(c);
            }
        }
        if (!quoted) {
            flush();
        }
        return !quoted;
    }

    /** The cells of the record, trimmed; the next one begins. */
    String[] cells() {
        if (quoted) {
            quoted = false;
            flush();
        }
        String[] found = cells.toArray(String[]::new);
        cells.clear();
        return found;
    }

    private void plain(String line) {
        int from = 0;
        for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, from)) {
            cells.add(line.substring(from, at).trim());
            from = at + 1;
        }
        cells.add(line.substring(from).trim());
    }

    private void flush() {
        cells.add(cell.toString().trim());
        cell.setLength(0);
    }
}
