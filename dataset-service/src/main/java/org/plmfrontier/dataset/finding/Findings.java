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

    private static final class Tally {
        private final Place first;
        private long count;

        Tally(Place first) {
            this.first = first;
        }
    }

    private final Map<FindingClass, Tally> tallies = new EnumMap<>(FindingClass.class);

    public Findings(boolean strict) {
        this.strict = strict;
    }

    /**
     * Counts one oddity.
     *
     * @throws StrictModeException in strict mode
     */
    public void add(FindingClass type, String file, long line) {
        if (strict) {
            throw new StrictModeException(type, new Place(file, line));
        }
        tallies.computeIfAbsent(type, unseen -> new Tally(new Place(file, line))).count++;
    }

    /** How often a class was seen. */
    public long count(FindingClass type) {
        Tally tally = tallies.get(type);
        return tally == null ? 0 : tally.count;
    }

    /** What was seen, in the order of the classes. */
    public List<Finding> list() {
        List<Finding> list = new ArrayList<>();
        tallies.forEach((type, tally) -> list.add(new Finding(type, tally.count, tally.first)));
        return List.copyOf(list);
    }
}
