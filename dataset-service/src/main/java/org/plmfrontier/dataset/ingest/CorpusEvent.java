package org.plmfrontier.dataset.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.BuildReport;
import org.plmfrontier.dataset.corpus.CorpusState;

/**
 * What became of a corpus, or how far its build is.
 *
 * @param error why it failed, one sentence; null unless it did
 * @param progress null where the state changed
 */
public record CorpusEvent(
        String corpus,
        CorpusState state,
        @Nullable String error,
        @Nullable BuildReport progress,
        Instant at) {}
