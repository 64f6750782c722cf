package org.plmfrontier.dataset.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildReport;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.source.Credentials;

/**
 * A corpus as REST shows it, without credentials of its sources; error, progress and manifest are null where there is none.
 *
 * @param problem why the last repair came to nothing; null where it did not
 * @param findings oddities of the sources that were read so far, also of a corpus that failed
 */
@StagedBuilder
record CorpusView(
        String id,
        CorpusState state,
        @Nullable String error,
        @Nullable String problem,
        @Nullable BuildReport progress,
        @Nullable CorpusManifest manifest,
        List<Finding> findings) {
    static CorpusView of(Corpus corpus, @Nullable BuildProgress progress, @Nullable String problem) {
        CorpusManifest manifest =
                corpus.manifest() == null ? null : corpus.manifest().shown();
        List<Finding> known = manifest == null ? corpus.findings() : manifest.findings();
        String error = corpus.error() == null ? null : Credentials.hiddenIn(corpus.error());
        return CorpusViewBuilder.builder()
                .id(corpus.id())
                .state(corpus.state())
                .findings(progress == null ? known : progress.findings())
                .error(error)
                .problem(problem)
                .progress(progress == null ? null : BuildReport.of(progress))
                .manifest(manifest)
                .build();
    }
}
