package org.plmfrontier.fitting.table;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * N, tokens per step and FLOPs per step of each run, for files that hold losses by step alone.
 *
 * @param sizes by name of the run
 */
public record RunSheet(Map<String, RunSize> sizes) {
    private static final Set<String> TOKENS_PER_STEP = Set.of(
            "tokensperstep",
            "tokensperbatch",
            "batchtokens",
            "tokensperiteration",
            "tokensperupdate",
            "batchsizetokens");

    private static final Set<String> FLOPS_PER_STEP =
            Set.of("flopsperstep", "flopsperiteration", "flopsperupdate", "flopperstep", "stepflops");

    public RunSheet {
        sizes = Map.copyOf(sizes);
    }

    /**
     * Reads a table of columns run, N and perhaps tokens_per_step and flops_per_step; one of these two is needed where the
     * losses have no tokens.
     *
     * @throws BadTableException naming the line and column that is none
     */
    public static RunSheet read(TextSource text) {
        Layout layout;
        try (Stream<String> lines = text.lines()) {
            layout = Layout.of(lines.limit(Layout.HEAD).toList(), ColumnMapping.usual());
        }
        try (Stream<String> lines = text.lines()) {
            Iterator<String> iterator = lines.iterator();
            return read(new RecordReader(iterator, layout));
        }
    }

    private static RunSheet read(RecordReader reader) {
        TextRecord header = reader.next().orElseThrow(() -> new BadTableException("the file is empty"));
        Candidates candidates = Candidates.of(header.line(), header.cells(), ColumnMapping.usual());
        int run = place(candidates, Column.RUN, header);
        int n = place(candidates, Column.N, header);
        int tokens = place(header, TOKENS_PER_STEP);
        int flops = place(header, FLOPS_PER_STEP);
        Map<String, RunSize> sizes = new LinkedHashMap<>();
        for (Optional<TextRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            TextRecord row = next.get();
            RunSize size = new RunSize(
                    OptionalDouble.of(positive(row, n, Column.N.label())),
                    optional(row, tokens, "tokens_per_step"),
                    optional(row, flops, "flops_per_step"));
            if (sizes.put(cell(row, run), size) != null) {
                throw new BadTableException(
                        "line " + row.line() + ", column run: run '" + cell(row, run) + "' is there twice",
                        row.line(),
                        Column.RUN.label());
            }
        }
        if (sizes.isEmpty()) {
            throw new BadTableException("the table of runs has no row");
        }
        return new RunSheet(sizes);
    }

    private static int place(Candidates candidates, Column column, TextRecord header) {
        if (candidates.of(column).isEmpty()) {
            throw Headers.missing(header.line(), List.of(column), header.cells());
        }
        return candidates.of(column).getFirst().index();
    }

    private static int place(TextRecord header, Set<String> names) {
        int place = -1;
        for (int i = 0; i < header.cells().length; i++) {
            place = names.contains(HeaderName.of(header.cells()[i]).joined()) ? i : place;
        }
        return place;
    }

    private static OptionalDouble optional(TextRecord row, int index, String column) {
        return index < 0 || cell(row, index).isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(positive(row, index, column));
    }

    private static String cell(TextRecord row, int index) {
        return index < row.cells().length ? row.cells()[index] : "";
    }

    private static double positive(TextRecord row, int index, String column) {
        String text = cell(row, index);
        NumberText.Hint hint = NumberText.hint(text, false);
        if (hint == NumberText.Hint.AMBIGUOUS) {
            throw new BadTableException(
                    "line " + row.line() + ", column " + column + ": '" + text
                            + "' can be a thousand times more or less; write it without a comma",
                    row.line(),
                    column);
        }
        DecimalMark mark = hint == NumberText.Hint.COMMA ? DecimalMark.COMMA : DecimalMark.POINT;
        OptionalDouble value = NumberText.parse(text, mark, Scale.ONE, true);
        if (value.isEmpty() || !(value.getAsDouble() > 0)) {
            throw new BadTableException(
                    "line " + row.line() + ", column " + column + ": '" + text + "' is not a positive number",
                    row.line(),
                    column);
        }
        return value.getAsDouble();
    }
}
