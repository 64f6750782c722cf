package org.plmfrontier.dataset.corpus;

/** Where a corpus is: INGESTING becomes READY or FAILED; asking again for a failed one starts it anew. */
public enum CorpusState {
    INGESTING,
    READY,
    FAILED
}
