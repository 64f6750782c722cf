package org.plmfrontier.fitting.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fits that were made or asked for last, one per study; all others are let go. Thread-safe. */
final class RecentFits {
    private static final int FIRST_CAPACITY = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private final Map<String, StudyFit> fits;

    /**
     * No fits.
     *
     * @param most fits that stay, at least 1
     */
    RecentFits(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least 1 fit must stay in memory, got " + most);
        }
        fits = new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, StudyFit> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<StudyFit> find(String studyId) {
        return Optional.ofNullable(fits.get(studyId));
    }

    /** Whether there is one, without asking for it. */
    synchronized boolean contains(String studyId) {
        return fits.containsKey(studyId);
    }

    synchronized void remove(String studyId) {
        fits.remove(studyId);
    }

    /** Keeps a fit, unless a newer state of the study was fitted meanwhile; the one that is kept. */
    synchronized StudyFit keep(StudyFit fit) {
        return fits.merge(
                fit.study().id(),
                fit,
                (known, fresh) -> known.study().revision() >= fresh.study().revision() ? known : fresh);
    }
}
