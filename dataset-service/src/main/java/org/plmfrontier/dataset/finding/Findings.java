package org.plmfrontier.dataset.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects oddities: counts and first places in lenient mode, an exception at the first in strict mode, which is
 * counted too. Not thread-safe.
 */
public final class Findings {
    private final boolean strict;
    private final Map<FindingClass, Occurrences> found = new EnumMap<>(FindingClass.class);

    /** One class: how often, and the first place of each file. */
    private static final class Occurrences {
        private long count;
        private final List<Place> files = new ArrayList<>();

        void add(Place place, long more) {
            count += more;
            if (files.size() < Finding.MOST_FILES && !isIn(place.file())) {
                files.add(place);
            }
        }

        boolean isIn(String file) {
            return !files.isEmpty() && files.getLast().file().equals(file);
        }
    }

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
        Occurrences known = found.get(type);
        if (!strict && known != null && known.isIn(file)) {
            known.count += count;
            return;
        }
        add(type, new Place(file, line), count);
    }

    /**
     * Counts one oddity of which more is to be said.
     *
     * @throws StrictModeException in strict mode
     */
    public void add(FindingClass type, Place place) {
        add(type, place, 1);
    }

    /** Counts what is no reason to stop in strict mode, or is followed by a failure of its own. */
    public void note(FindingClass type, Place place) {
        found.computeIfAbsent(type, key -> new Occurrences()).add(place, 1);
    }

    /** Takes up what an earlier part of the same reading found; nothing was added before. */
    public void restore(List<Finding> earlier) {
        for (Finding finding : earlier) {
            Occurrences occurrences = new Occurrences();
            occurrences.count = finding.count();
            occurrences.files.addAll(finding.files());
            found.put(finding.type(), occurrences);
        }
    }

    /** What two readings found together, places of the first before those of the other. */
    public static List<Finding> merged(List<Finding> first, List<Finding> other) {
        Findings all = new Findings(false);
        all.restore(first);
        for (Finding finding : other) {
            Occurrences known = all.found.computeIfAbsent(finding.type(), key -> new Occurrences());
            finding.files().forEach(place -> known.add(place, 0));
            known.count += finding.count();
        }
        return all.list();
    }

    /** How often a class was seen. */
    public long count(FindingClass type) {
        Occurrences known = found.get(type);
        return known == null ? 0 : known.count;
    }

    /** What was seen, in the order of the classes. */
    public List<Finding> list() {
        return found.entrySet().stream()
                .map(one -> new Finding(
                        one.getKey(), one.getValue().count, one.getValue().files.getFirst(), one.getValue().files))
                .toList();
    }

    private void add(FindingClass type, Place place, long count) {
        found.computeIfAbsent(type, key -> new Occurrences()).add(place, count);
        if (strict) {
            throw new StrictModeException(type, place);
        }
    }
}
