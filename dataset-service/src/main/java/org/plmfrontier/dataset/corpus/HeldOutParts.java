package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.util.List;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.topic.TokenBatch;

/** Held-out parts of corpora that are there. */
public interface HeldOutParts {
    /**
     * A held-out part.
     *
     * @param set what tells it from any other
     * @param batches its log, whole
     */
    record Part(HeldOutSet set, List<TokenBatch> batches) {
        public Part {
            batches = List.copyOf(batches);
        }
    }

    /**
     * The held-out part of a corpus.
     *
     * @throws IOException where the corpus is not ready, or its log does not hold what its manifest says
     */
    Part of(String corpusId) throws IOException;
}
