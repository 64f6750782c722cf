package org.plmfrontier.dataset.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.CorpusOptions;

/**
 * A corpus as somebody wants it, before its files were looked for.
 *
 * @param sources addresses of its files
 * @param options all but the held-out set where one is named
 * @param heldOut the held-out set that is named; null where it is chosen among the sources
 */
public record WantedCorpus(
        List<String> sources,
        CorpusOptions options,
        @Nullable WantedHeldOut heldOut) {
    /**
     * A held-out set that is named, by one of both.
     *
     * @param sources addresses of files whose proteins it is; empty where it is a corpus's part
     * @param corpus the corpus whose held-out part it is; null where it is of files
     */
    public record WantedHeldOut(
            List<String> sources, @Nullable String corpus) {
        public WantedHeldOut {
            sources = List.copyOf(sources);
        }
    }

    public WantedCorpus {
        sources = List.copyOf(sources);
    }
}
