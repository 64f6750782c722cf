package org.plmfrontier.dataset.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * Body of {@code POST /corpora}; fields that are absent take the defaults below.
 *
 * @param sources absolute paths of FASTA files on the service's machine, plain or gzip
 * @param heldOutSequences default 500
 * @param maxLength default 256
 * @param batchTokens default 4096
 * @param seed default 1
 * @param strict default false
 * @param minLength default 30
 * @param packingWindow default 4096
 */
record CorpusRequest(
        @Nullable List<String> sources,
        @Nullable Integer heldOutSequences,
        @Nullable Integer maxLength,
        @Nullable Integer batchTokens,
        @Nullable Long seed,
        @Nullable Boolean strict,
        @Nullable Integer minLength,
        @Nullable Integer packingWindow) {
    List<String> paths() {
        if (sources == null || sources.isEmpty()) {
            throw new RefusedException("sources", "sources must name at least one file");
        }
        return sources;
    }

    CorpusOptions options() {
        return new CorpusOptions(
                or(heldOutSequences, 500),
                or(maxLength, 256),
                or(batchTokens, 4096),
                seed == null ? 1 : seed,
                strict != null && strict,
                or(minLength, 30),
                or(packingWindow, CorpusOptions.DEFAULT_PACKING_WINDOW));
    }

    private static int or(@Nullable Integer value, int standard) {
        return value == null ? standard : value;
    }
}
