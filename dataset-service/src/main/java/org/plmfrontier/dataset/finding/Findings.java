package org.plmfrontier.dataset.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects oddities: counts and first places in lenient mode, an exception at the first in strict mode. Not thread-
 * safe.
 */
public final class Findings {
    private final boolean strict;
    private final Map<FindingClass, Finding> found = new EnumMap<>(FindingClass.class);

    public Findings(boolean strict) {
        this.strict = strict;
    }

    /**
     * Counts one oddity.
     *
     * @throws StrictModeException in strict mode
     */
    public void add(FindingClass type, String file, long line) {
        add(type, file, line, 1);
    }

    /**
     * Counts several oddities of one line.
     *
     * @throws StrictModeException in strict mode
     */
    public void add(FindingClass type, String file, long line, long count) {
        if (strict) {
            throw new StrictModeException(type, new Place(file, line));
        }
        Finding known = found.get(type);
        found.put(
                type,
                known == null
                        ? new Finding(type, count, new Place(file, line))
                        : new Finding(type, known.count() + count, known.first()));
    }

    /** Takes up what an earlier part of the same reading found; nothing was added before. */
    public void restore(List<Finding> earlier) {
        earlier.forEach(finding -> found.put(finding.type(), finding));
    }

    /** How often a class was seen. */
    public long count(FindingClass type) {
        Finding known = found.get(type);
        return known == null ? 0 : known.count();
    }

    /** What was seen, in the order of the classes. */
    public List<Finding> list() {
        return List.copyOf(new ArrayList<>(found.values()));
    }
}
