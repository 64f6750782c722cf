package org.plmfrontier.dataset.http;

import java.util.OptionalDouble;
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
     * @param rate bytes (READING) or proteins (WRITING) per second; null where nothing can be said
     * @param secondsLeft of this phase; null where nothing can be said
     */
    record Progress(
            BuildProgress.Phase phase,
            long bytesRead,
            long bytesTotal,
            long sequences,
            long records,
            @Nullable Double rate,
            @Nullable Double secondsLeft) {
        static Progress of(BuildProgress progress) {
            return new Progress(
                    progress.phase(),
                    progress.readBytes(),
                    progress.totalBytes(),
                    progress.sequences(),
                    progress.records(),
                    orNull(progress.rate()),
                    orNull(progress.secondsLeft()));
        }
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
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
