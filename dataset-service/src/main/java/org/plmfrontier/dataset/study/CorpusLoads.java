package org.plmfrontier.dataset.study;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.plan.LoadProfile;

/**
 * Loads of corpora's records. The one that was needed last is kept: it can be large, and the next runs to cut are mostly of the
 * same corpus. Thread-safe.
 */
final class CorpusLoads {
    private final StudyStore store;
    private @Nullable Loads last;

    private record Loads(String corpus, LoadProfile profile) {}

    CorpusLoads(StudyStore store) {
        this.store = store;
    }

    /** The loads of a corpus that is ready. */
    synchronized LoadProfile of(String corpus) {
        Loads known = last;
        if (known == null || !known.corpus().equals(corpus)) {
            known = new Loads(corpus, store.profile(corpus));
            last = known;
        }
        return known.profile();
    }
}
