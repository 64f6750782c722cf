package org.plmfrontier.trainer.variant;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.TextFile;

/**
 * The rows of a table with a header, separated by commas, semicolons or tabs, whichever the header has most of; a cell in double
 * quotes may hold separators, but a row ends with its line. Not thread-safe.
 */
final class DelimitedRows implements AutoCloseable {
    private final String name;
    private final BufferedReader lines;
    private final char separator;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> header;
    private long line = 1;
    private List<String> cells = List.of();

    private DelimitedRows(String name, BufferedReader lines, String header) {
        this.name = name;
        this.lines = lines;
        this.separator = separator(header);
        this.header = split(header);
        for (int i = 0; i < this.header.size(); i++) {
            columns.putIfAbsent(this.header.get(i), i);
        }
    }

    /**
     * Opens a table.
     *
     * @param name of the file, for people
     * @throws UnusableDataException where it has no header
     */
    static DelimitedRows open(Path file, String name) throws IOException, UnusableDataException {
        BufferedReader lines = TextFile.open(file);
        String header = lines.readLine();
        if (header == null || header.isBlank()) {
            lines.close();
            throw new UnusableDataException(name + ": the first line is empty, it must name the columns");
        }
        return new DelimitedRows(name, lines, header.startsWith("\uFEFF") ? header.substring(1) : header);
    }

    /** @throws UnusableDataException where a column is missing, with those that there are */
    void require(String... names) throws UnusableDataException {
        for (String column : names) {
            if (!columns.containsKey(column)) {
                throw new UnusableDataException(name + ": no column '" + column + "'; line 1 names " + header);
            }
        }
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** Goes to the next row that is not blank. */
    boolean next() throws UnusableDataException {
        try {
            String text;
            do {
                text = lines.readLine();
                line++;
            } while (text != null && text.isBlank());
            cells = text == null ? List.of() : split(text);
            return text != null;
        } catch (IOException e) {
            throw new UnusableDataException(
                    name + ": cannot be read behind line " + (line - 1) + ": " + e.getMessage());
        }
    }

    /** Line of the row in the file, the first is 1. */
    long line() {
        return line;
    }

    /** A cell without blanks around it; empty where the row or the table has none there. */
    String cell(String column) {
        @Nullable Integer i = columns.get(column);
        return i == null || i >= cells.size() ? "" : cells.get(i);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static char separator(String header) {
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long found = header.chars().filter(c -> c == candidate).count();
            if (found > most) {
                most = found;
                best = candidate;
            }
        }
        return best;
    }

    private List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
