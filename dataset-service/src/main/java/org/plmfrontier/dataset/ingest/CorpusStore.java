package org.plmfrontier.dataset.ingest;

import java.util.List;
import java.util.Optional;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.corpus.Corpus;

/** Remembers corpora and the loads of their training batches. Thread-safe. */
public interface CorpusStore {
    /** Adds a corpus unless one of its id is there; whether it was added. */
    boolean add(Corpus corpus);

    /** Replaces state, error and manifest. */
    void update(Corpus corpus);

    Optional<Corpus> find(String id);

    /** All corpora, oldest first. */
    List<Corpus> all();

    /**
     * Remembers the loads of training batches; those already known stay as they are.
     *
     * @param first index of the first of them
     */
    void addLoads(String corpusId, long first, List<SequenceLoad> loads);

    /** Forgets a corpus and the loads of its batches. */
    void remove(String id);

    /** Ids of the studies that use a corpus. */
    List<String> studiesOf(String id);
}
