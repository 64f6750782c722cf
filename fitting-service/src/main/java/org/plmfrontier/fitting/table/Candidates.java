package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Which headers of a file answer to which column, those named by hand alone where there are some. */
final class Candidates {
    /**
     * A header that may be a column.
     *
     * @param index place in the header, from 0
     * @param rank the lowest is the best answer
     */
    record Candidate(int index, HeaderName name, int rank) {}

    private final Map<Column, List<Candidate>> byColumn = new EnumMap<>(Column.class);

    private Candidates() {}

    /**
     * Reads a header.
     *
     * @param line of the header
     * @throws BadTableException where a header named by hand is not there, or one of a known column is there twice
     */
    static Candidates of(int line, String[] header, ColumnMapping mapping) {
        Candidates candidates = new Candidates();
        for (Column column : Column.values()) {
            boolean computed = column == Column.C && mapping.computesFlops();
            List<Candidate> found = computed
                    ? List.of()
                    : mapping.headers().containsKey(column)
                            ? named(line, header, column, mapping)
                            : known(header, column, mapping);
            if (!found.isEmpty()) {
                candidates.byColumn.put(column, found);
                requireOnce(line, header, found.getFirst());
            }
        }
        return candidates;
    }

    /** Whether a header answers to any column. */
    static boolean isKnown(String header) {
        HeaderName name = HeaderName.of(header);
        for (Column column : Column.values()) {
            if (candidate(0, name, column).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The best first; none where no header answers. */
    List<Candidate> of(Column column) {
        return byColumn.getOrDefault(column, List.of());
    }

    private static List<Candidate> named(int line, String[] header, Column column, ColumnMapping mapping) {
        String wanted = mapping.headers().get(column);
        for (boolean exact : new boolean[] {true, false}) {
            for (int i = 0; i < header.length; i++) {
                if (exact ? header[i].equals(wanted) : header[i].equalsIgnoreCase(wanted)) {
                    return List.of(new Candidate(i, HeaderName.of(header[i]), 0));
                }
            }
        }
        throw Headers.missing(line, String.valueOf(wanted), header);
    }

    private static List<Candidate> known(String[] header, Column column, ColumnMapping mapping) {
        List<Candidate> found = new ArrayList<>();
        for (int i = 0; i < header.length; i++) {
            String text = header[i];
            if (mapping.headers().values().stream().noneMatch(text::equals)) {
                candidate(i, HeaderName.of(text), column).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingInt(Candidate::rank).thenComparingInt(Candidate::index));
        return found;
    }

    private static Optional<Candidate> candidate(int index, HeaderName name, Column column) {
        OptionalInt rank = column.rank(name);
        if (rank.isPresent()) {
            return Optional.of(new Candidate(index, name, rank.getAsInt()));
        }
        return name.withLastWordAsUnit()
                .filter(shorter -> UnitText.scale(shorter.unit()).isPresent())
                .flatMap(shorter -> {
                    OptionalInt shorterRank = column.rank(shorter);
                    return shorterRank.isPresent()
                            ? Optional.of(new Candidate(index, shorter, shorterRank.getAsInt()))
                            : Optional.empty();
                });
    }

    private static void requireOnce(int line, String[] header, Candidate best) {
        for (int i = 0; i < header.length; i++) {
            if (i != best.index() && header[i].equals(header[best.index()])) {
                throw new BadTableException(
                        "line " + line + ", column " + header[i] + ": columns " + (Math.min(i, best.index()) + 1)
                                + " and " + (Math.max(i, best.index()) + 1) + " are both called so; rename one",
                        line,
                        header[i]);
            }
        }
    }
}
