package org.plmfrontier.dataset.ingest;

import org.plmfrontier.dataset.corpus.Corpus;

/** Told what becomes of corpora. Thread-safe. */
@FunctionalInterface
public interface CorpusObserver {
    /** A corpus starts, is ready or failed. */
    void changed(Corpus corpus);

    /** A corpus is no more. */
    default void deleted(String id) {}
}
