package org.plmfrontier.dataset.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects oddities: counts and first places in lenient mode, an exception at the first in strict mode. Not thread-safe. */
public final class Findings {
    private final boolean strict;
    private final long[] counts = new long[FindingClass.values().length];
    private final Map<FindingClass, Place> first = new EnumMap<>(FindingClass.class);

    public Findings(boolean strict) {
        this.strict = strict;
    }

    /**
     * Counts one oddity.
     *
     * @throws StrictModeException in strict mode
     */
    public void add(FindingClass type, String file, long line) {
        if (counts[type.ordinal()]++ > 0) {
            return;
        }
        Place place = new Place(file, line);
        if (strict) {
            throw new StrictModeException(type, place);
        }
        first.put(type, place);
    }

    /** How often a class was seen. */
    public long count(FindingClass type) {
        return counts[type.ordinal()];
    }

    /** What was seen, in the order of the classes. */
    public List<Finding> list() {
        List<Finding> list = new ArrayList<>();
        first.forEach((type, place) -> list.add(new Finding(type, count(type), place)));
        return List.copyOf(list);
    }
}
