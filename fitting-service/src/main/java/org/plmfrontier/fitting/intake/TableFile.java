package org.plmfrontier.fitting.intake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableReader;

/**
 * A table of losses that may be larger than the memory. Read once, by one thread.
 *
 * @param lines the file's lines, header first
 * @param mapping headers named by hand
 */
public record TableFile(Iterator<String> lines, ColumnMapping mapping) {
    /** Lines that are checked together; what repeats or contradicts a line further away is not noticed. */
    static final int PIECE = 20_000;

    public TableFile {
        Objects.requireNonNull(lines, "lines");
        Objects.requireNonNull(mapping, "mapping");
    }

    /**
     * Tells the table piece by piece; each piece is a table of its own with the line numbers of the whole.
     *
     * @throws BadTableException if there is no row or a needed column is missing
     */
    public void tell(Consumer<LossTable> pieces) {
        if (!lines.hasNext()) {
            throw new BadTableException("the file is empty");
        }
        String header = lines.next();
        int first = 2;
        boolean any = false;
        while (lines.hasNext()) {
            List<String> piece = new ArrayList<>();
            while (lines.hasNext() && piece.size() < PIECE) {
                piece.add(lines.next());
            }
            if (piece.stream().anyMatch(line -> !line.isBlank())) {
                pieces.accept(TableReader.read(numbered(header, first, piece), mapping));
                any = true;
            }
            first += piece.size();
        }
        if (!any) {
            TableReader.read(Stream.of(header), mapping);
        }
    }

    /** The reader counts blank lines and skips them, so that blank lines stand for what was read before. */
    private static Stream<String> numbered(String header, int first, List<String> piece) {
        Stream<String> before = Stream.generate(() -> "").limit(first - 2L);
        return Stream.concat(Stream.of(header), Stream.concat(before, piece.stream()));
    }
}
