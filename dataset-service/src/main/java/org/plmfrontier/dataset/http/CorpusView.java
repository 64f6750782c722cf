package org.plmfrontier.dataset.http;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusState;

/** A corpus as REST shows it; error, progress and manifest are null where there is none. */
record CorpusView(
        String id,
        CorpusState state,
        @Nullable String error,
        @Nullable Progress progress,
        @Nullable CorpusManifest manifest) {
    /**
     * How far a build is.
     *
     * @param bytesRead bytes of the sources read, as stored
     * @param sequences records of the sources seen
     * @param records batches written
     */
    record Progress(BuildProgress.Phase phase, long bytesRead, long bytesTotal, long sequences, long records) {
        static Progress of(BuildProgress progress) {
            return new Progress(
                    progress.phase(),
                    progress.readBytes(),
                    progress.totalBytes(),
                    progress.sequences(),
                    progress.records());
        }
    }

    static CorpusView of(Corpus corpus, @Nullable BuildProgress progress) {
        return new CorpusView(
                corpus.id(),
                corpus.state(),
                corpus.error(),
                progress == null ? null : Progress.of(progress),
                corpus.manifest());
    }
}
