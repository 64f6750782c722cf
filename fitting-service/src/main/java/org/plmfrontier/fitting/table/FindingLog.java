package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Findings of a file: all are counted, and of each kind in each column the first {@value #LISTED} are listed, so that a file
 * of a million bad rows is a short list. Not thread-safe.
 */
public final class FindingLog {
    /** Findings of one kind in one column that are listed one by one. */
    public static final int LISTED = 50;

    private record Sort(Finding.Kind kind, String column) {}

    /** What is known beyond the listed ones. */
    private static final class Rest {
        private long listed;
        private long more;
        private int firstLine;
        private int lastLine;
    }

    private final List<Finding> listed = new ArrayList<>();
    private final Map<Sort, Rest> sorts = new LinkedHashMap<>();
    private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);

    /** Adds one. */
    public void add(Finding finding) {
        counts.merge(finding.kind(), 1L, Long::sum);
        Rest rest = sorts.computeIfAbsent(new Sort(finding.kind(), finding.column()), sort -> new Rest());
        if (rest.listed < LISTED) {
            rest.listed++;
            listed.add(finding);
            return;
        }
        rest.firstLine = rest.more == 0 ? finding.line() : Math.min(rest.firstLine, finding.line());
        rest.lastLine = Math.max(rest.lastLine, finding.line());
        rest.more++;
    }

    /** Adds findings in their order. */
    public void addAll(List<Finding> findings) {
        findings.forEach(this::add);
    }

    /** The listed ones by line; where a kind has more in a column, one that says how many and where. */
    public List<Finding> list() {
        List<Finding> all = new ArrayList<>(listed);
        sorts.forEach((sort, rest) -> {
            if (rest.more > 0) {
                all.add(new Finding(
                        sort.kind(),
                        rest.firstLine,
                        sort.column(),
                        "",
                        "lines " + rest.firstLine + " to " + rest.lastLine
                                + (sort.column().isEmpty() ? "" : ", column " + sort.column()) + ": " + rest.more
                                + " more of this kind"));
            }
        });
        all.sort(Comparator.comparingInt(Finding::line));
        return List.copyOf(all);
    }

    /** How many there are of each kind, those not listed included. */
    public Map<Finding.Kind, Long> counts() {
        return Map.copyOf(counts);
    }

    /** How many there are. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The line of the first one of a kind in a column. */
    OptionalInt firstLine(Finding.Kind kind, String column) {
        return listed.stream()
                .filter(finding -> finding.kind() == kind && finding.column().equals(column))
                .mapToInt(Finding::line)
                .min();
    }

    /** The first that made a row unusable. */
    public Optional<Finding> firstFatal() {
        return listed.stream().filter(finding -> finding.kind().isFatal()).min(Comparator.comparingInt(Finding::line));
    }
}
