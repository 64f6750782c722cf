package org.plmfrontier.dataset.http;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildReport;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusState;

/** A corpus as REST shows it; error, progress and manifest are null where there is none. */
record CorpusView(
        String id,
        CorpusState state,
        @Nullable String error,
        @Nullable BuildReport progress,
        @Nullable CorpusManifest manifest) {
    static CorpusView of(Corpus corpus, @Nullable BuildProgress progress) {
        return new CorpusView(
                corpus.id(),
                corpus.state(),
                corpus.error(),
                progress == null ? null : BuildReport.of(progress),
                corpus.manifest());
    }
}
