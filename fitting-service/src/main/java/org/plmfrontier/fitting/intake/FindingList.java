package org.plmfrontier.fitting.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.table.Finding;

/** Findings of a file: all are counted, the first {@value #MOST} are kept. Not thread-safe. */
public final class FindingList {
    /** Findings kept with their place. */
    public static final int MOST = 10_000;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);

    /** Adds findings in the file's order. */
    public void add(List<Finding> findings) {
        for (Finding finding : findings) {
            counts.merge(finding.kind(), 1L, Long::sum);
            if (kept.size() < MOST) {
                kept.add(finding);
            }
        }
    }

    /** The first ones. */
    public List<Finding> kept() {
        return Collections.unmodifiableList(kept);
    }

    /** How many there are of each kind, those not kept included. */
    public Map<Finding.Kind, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** How many there are. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first that made a row unusable. */
    public Optional<Finding> firstFatal() {
        return kept.stream().filter(finding -> finding.kind().isFatal()).findFirst();
    }
}
