package org.plmfrontier.dataset.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.Presets;
import org.plmfrontier.dataset.corpus.Sample;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * Body of {@code POST /corpora}; fields that are absent are the preset's, or without one the defaults below.
 *
 * @param sources FASTA files, read in this order: absolute paths on the service's machine, {@code http}, {@code https}
 *     or {@code s3} addresses, each perhaps with {@code #sha256=} and the hash of the bytes as they are served; paths
 *     and keys may be patterns, which follow linked folders. Plain, gzip, zstd or bzip2, recognised by content; a file
 *     that is no FASTA fails the corpus
 * @param preset name of a preset, for example {@code serrano-2024/UniRef30}
 * @param heldOutSequences default 500
 * @param maxLength default 256
 * @param batchTokens default 4096
 * @param seed default 1
 * @param strict default false
 * @param minLength default 30
 * @param packingWindow default 4096
 * @param maxResidues default: no bound
 * @param maxUnknownShare default: no bound
 * @param identifierPattern a regular expression of RE2 syntax; default: any identifier
 * @param deduplicate default false
 * @param cluster default: no clustering
 * @param sample default: everything
 * @param heldOutIdentity default: no bound
 */
record CorpusRequest(
        @Nullable List<String> sources,
        @Nullable String preset,
        @Nullable Integer heldOutSequences,
        @Nullable Integer maxLength,
        @Nullable Integer batchTokens,
        @Nullable Long seed,
        @Nullable Boolean strict,
        @Nullable Integer minLength,
        @Nullable Integer packingWindow,
        @Nullable Integer maxResidues,
        @Nullable Double maxUnknownShare,
        @Nullable String identifierPattern,
        @Nullable Boolean deduplicate,
        @Nullable Clustering cluster,
        @Nullable Sample sample,
        @Nullable IdentityBound heldOutIdentity) {
    private static final CorpusOptions DEFAULTS =
            new CorpusOptions(500, 256, 4096, 1, false, 30, CorpusOptions.DEFAULT_PACKING_WINDOW);

    List<String> addresses() {
        if (sources == null || sources.isEmpty()) {
            throw new RefusedException("sources", "sources must name at least one file");
        }
        return sources;
    }

    CorpusOptions options() {
        CorpusOptions base = base();
        return new CorpusOptions(
                        or(heldOutSequences, base.heldOutSequences()),
                        or(maxLength, base.maxLength()),
                        or(batchTokens, base.batchTokens()),
                        or(seed, base.seed()),
                        or(strict, base.strict()),
                        or(minLength, base.minLength()),
                        or(packingWindow, base.packingWindow()),
                        orNull(maxResidues, base.maxResidues()),
                        orNull(maxUnknownShare, base.maxUnknownShare()),
                        orNull(identifierPattern, base.identifierPattern()),
                        or(deduplicate, base.deduplicate()),
                        orNull(cluster, base.cluster()),
                        orNull(sample, base.sample()),
                        orNull(heldOutIdentity, base.heldOutIdentity()))
                .withUsablePattern();
    }

    private CorpusOptions base() {
        if (preset == null) {
            return DEFAULTS;
        }
        CorpusOptions named = Presets.byName().get(preset);
        if (named == null) {
            throw new RefusedException(
                    "preset",
                    "unknown preset '" + preset + "'; known are "
                            + Presets.byName().keySet());
        }
        return named;
    }

    private static <T> T or(@Nullable T value, T standard) {
        return value == null ? standard : value;
    }

    private static <T> @Nullable T orNull(@Nullable T value, @Nullable T standard) {
        return value == null ? standard : value;
    }
}
