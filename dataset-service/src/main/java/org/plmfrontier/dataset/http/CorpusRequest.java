package org.plmfrontier.dataset.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.Presets;
import org.plmfrontier.dataset.corpus.Sample;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.ingest.WantedCorpus;
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
 * @param heldOut a held-out set that several corpora may have; default: {@code heldOutSequences} of the sources
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
        @Nullable IdentityBound heldOutIdentity,
        @Nullable HeldOutRequest heldOut) {
    private static final CorpusOptions DEFAULTS = CorpusOptionsBuilder.builder()
            .heldOutSequences(500)
            .maxLength(256)
            .batchTokens(4096)
            .seed(1)
            .strict(false)
            .minLength(30)
            .packingWindow(CorpusOptions.DEFAULT_PACKING_WINDOW)
            .deduplicate(false)
            .build();

    /**
     * A held-out set, by one of both: losses of studies on corpora that have it in common are comparable.
     *
     * @param sources FASTA files, as those of the corpus, all of whose proteins it is; corpora of the same files, maxLength and
     *     batchTokens have the same set
     * @param corpus id of a corpus that is ready, whose held-out part it is
     */
    record HeldOutRequest(
            @Nullable List<String> sources, @Nullable String corpus) {}

    /**
     * What is asked for.
     *
     * @throws RefusedException where a field says what it cannot
     */
    WantedCorpus wanted() {
        return new WantedCorpus(addresses(), options(), wantedHeldOut());
    }

    private WantedCorpus.@Nullable WantedHeldOut wantedHeldOut() {
        if (heldOut == null) {
            return null;
        }
        List<String> files = heldOut.sources() == null ? List.of() : heldOut.sources();
        if (files.isEmpty() == (heldOut.corpus() == null)) {
            throw new RefusedException("heldOut", "heldOut must have either sources, at least one, or corpus");
        }
        if (heldOutSequences != null) {
            throw new RefusedException(
                    "heldOutSequences",
                    "heldOutSequences is how many proteins of the sources are held out; heldOut names a set instead of them");
        }
        return new WantedCorpus.WantedHeldOut(files, heldOut.corpus());
    }

    private List<String> addresses() {
        if (sources == null || sources.isEmpty()) {
            throw new RefusedException("sources", "sources must name at least one file");
        }
        return sources;
    }

    private CorpusOptions options() {
        CorpusOptions base = base();
        return CorpusOptionsBuilder.builder()
                .heldOutSequences(or(heldOutSequences, base.heldOutSequences()))
                .maxLength(or(maxLength, base.maxLength()))
                .batchTokens(or(batchTokens, base.batchTokens()))
                .seed(or(seed, base.seed()))
                .strict(or(strict, base.strict()))
                .minLength(or(minLength, base.minLength()))
                .packingWindow(or(packingWindow, base.packingWindow()))
                .deduplicate(or(deduplicate, base.deduplicate()))
                .maxResidues(orNull(maxResidues, base.maxResidues()))
                .maxUnknownShare(orNull(maxUnknownShare, base.maxUnknownShare()))
                .identifierPattern(orNull(identifierPattern, base.identifierPattern()))
                .cluster(orNull(cluster, base.cluster()))
                .sample(orNull(sample, base.sample()))
                .heldOutIdentity(orNull(heldOutIdentity, base.heldOutIdentity()))
                .build()
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
