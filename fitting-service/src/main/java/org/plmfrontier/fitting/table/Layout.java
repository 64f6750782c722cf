package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a text is cut into cells, read off its first lines.
 *
 * @param separator between cells
 * @param barred whether rows begin and end with the separator, as in Markdown
 * @param headerLine line of the header, the first is 1
 * @param commented whether the header is a comment
 * @param skipped lines above the header that are neither blank nor comments
 */
record Layout(char separator, boolean barred, int headerLine, boolean commented, int skipped) {
    /** Lines among which the header is looked for. */
    static final int HEAD = 60;

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int ENOUGH = 3;

    /** A line that may be the header. */
    private record Candidate(int line, String text, boolean commented, char separator, int known) {}

    /**
     * Reads the layout.
     *
     * @param head the first {@value #HEAD} lines or fewer
     * @throws BadTableException where there is no line that could be a header
     */
    static Layout of(List<String> head, ColumnMapping mapping) {
        int first = 0;
        char given = 0;
        while (first < head.size() && head.get(first).isBlank()) {
            first++;
        }
        if (first < head.size() && head.get(first).strip().matches("\"?sep=.\"?")) {
            given = head.get(first).charAt(head.get(first).indexOf('=') + 1);
            first++;
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = first; i < head.size(); i++) {
            String text = head.get(i);
            if (!text.isBlank()) {
                candidates.add(candidate(i + 1, text, given, mapping));
            }
        }
        Candidate plain = candidates.stream()
                .filter(candidate -> !candidate.commented())
                .findFirst()
                .orElseThrow(() -> new BadTableException("the file is empty"));
        Candidate header = candidates.stream()
                .filter(candidate -> plain.known() < ENOUGH && candidate.known() >= ENOUGH)
                .filter(candidate -> !candidate.commented() || candidate.line() < plain.line())
                .findFirst()
                .orElse(plain);
        requireNoBlanksBetween(header, mapping);
        int skipped = (int) candidates.stream()
                .filter(candidate -> !candidate.commented() && candidate.line() < header.line())
                .count();
        boolean barred = header.separator() == '|' && header.text().strip().startsWith("|");
        return new Layout(header.separator(), barred, header.line(), header.commented(), skipped);
    }

    /** Whether the line is a comment. */
    static boolean isComment(String line) {
        String text = line.stripLeading();
        return text.startsWith("#") || text.startsWith("//");
    }

    /** The comment without its sign. */
    static String uncommented(String line) {
        return line.strip().replaceFirst("^(#+|//+)\\s*", "");
    }

    private static Candidate candidate(int line, String text, char given, ColumnMapping mapping) {
        boolean comment = isComment(text) && !isNamed(text, mapping);
        String header = comment ? uncommented(text) : text;
        char best = given == 0 ? ',' : given;
        int known = known(CellSplitter.split(header, best), mapping);
        int cells = CellSplitter.split(header, best).length;
        for (char separator : given == 0 ? SEPARATORS : new char[0]) {
            String[] split = CellSplitter.split(header, separator);
            int found = known(split, mapping);
            if (found > known || (found == known && split.length > cells)) {
                best = separator;
                known = found;
                cells = split.length;
            }
        }
        return new Candidate(line, text, comment, best, known);
    }

    /** A header such as "#run" that was named by hand makes its line no comment. */
    private static boolean isNamed(String text, ColumnMapping mapping) {
        return mapping.headers().values().stream()
                .anyMatch(header -> isComment(header) && text.strip().startsWith(header));
    }

    private static int known(String[] cells, ColumnMapping mapping) {
        return (int) Arrays.stream(cells)
                .filter(cell -> !cell.isBlank())
                .filter(cell -> mapping.headers().containsValue(cell) || Candidates.isKnown(cell))
                .count();
    }

    private static void requireNoBlanksBetween(Candidate header, ColumnMapping mapping) {
        String text =
                header.commented() ? uncommented(header.text()) : header.text().strip();
        if (CellSplitter.split(text, header.separator()).length == 1) {
            String[] words = text.split("\\s+");
            if (words.length > 1 && known(words, mapping) >= ENOUGH) {
                throw new BadTableException(
                        "line " + header.line()
                                + ": the columns are separated by blanks; write commas, semicolons or tabs"
                                + " between them",
                        header.line(),
                        "");
            }
        }
    }
}
