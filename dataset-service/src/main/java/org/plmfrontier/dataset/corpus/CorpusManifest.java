package org.plmfrontier.dataset.corpus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.identity.IdentityReport;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.Credentials;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.statistics.LengthBin;

/**
 * Everything that is known about a finished corpus.
 *
 * @param records batches of the training log
 * @param tokens tokens of the training log: residues, START, END
 * @param paddingShare share of PAD among the training tokens when every batch is padded to its longest sequence
 * @param residueFrequencies letter to share, training part
 * @param lengthHistogram lengths in residues of all kept proteins, before windows are cut
 * @param references losses of the trivial models on the held-out part
 * @param specSha256 hash of sources and options; the id is its beginning. Null with logs in manifests of old
 * @param logs what the two logs hold
 * @param identity likeness within the corpus; null where nothing of it was asked for
 * @param heldOut the held-out set that was named; null where it was chosen among the sources
 */
@StagedBuilder
public record CorpusManifest(
        String id,
        List<Source> sources,
        CorpusOptions options,
        Counts counts,
        List<Finding> findings,
        long records,
        long tokens,
        long heldOutRecords,
        long heldOutTokens,
        double paddingShare,
        Map<String, Double> residueFrequencies,
        List<LengthBin> lengthHistogram,
        ReferenceLosses references,
        @Nullable String specSha256,
        @Nullable Logs logs,
        @Nullable IdentityReport identity,
        @Nullable HeldOutSet heldOut) {
    /**
     * What the logs hold.
     *
     * @param sha256 digest of the training log as {@link org.plmfrontier.contracts.topic.TokenLogDigest} has it
     * @param heldOutSha256 the same of the held-out log
     * @param bytes bytes of both logs' records: one per token
     * @param unigramEntropyNats entropy of the training part's residue frequencies, nats per residue
     */
    public record Logs(String sha256, String heldOutSha256, long bytes, double unigramEntropyNats) {}

    /**
     * What became of the sources' records.
     *
     * @param read records seen
     * @param kept proteins of the corpus, training and held out
     * @param heldOut proteins held out
     * @param setApart how many records are no part of the corpus, by reason
     * @param residues residues of the kept proteins
     * @param residuesCut those of them that lie outside the windows of long proteins
     */
    public record Counts(
            long read, long kept, long heldOut, Map<SetApart, Long> setApart, long residues, long residuesCut) {
        public Counts {
            setApart = Map.copyOf(setApart);
        }
    }

    public CorpusManifest {
        Objects.requireNonNull(id, "id");
        sources = List.copyOf(sources);
        findings = List.copyOf(findings);
        lengthHistogram = List.copyOf(lengthHistogram);
        if (!(paddingShare >= 0 && paddingShare < 1)) {
            throw new IllegalArgumentException("paddingShare must lie in [0, 1), got " + paddingShare);
        }
    }

    /** Without credentials in the names of sources, which manifests of old may have. */
    public CorpusManifest shown() {
        return CorpusManifestBuilder.from(this)
                .sources(sources.stream().map(Source::shown).toList())
                .options(options.shown())
                .findings(findings.stream().map(CorpusManifest::shown).toList())
                .build();
    }

    private static Finding shown(Finding finding) {
        return new Finding(
                finding.type(),
                finding.count(),
                shown(finding.first()),
                finding.files().stream().map(CorpusManifest::shown).toList());
    }

    private static Place shown(Place place) {
        return new Place(Credentials.hidden(place.file()), place.line(), place.detail());
    }

    /** The corpus as other services see it. */
    public CorpusRef ref() {
        return new CorpusRef(id, records, tokens, heldOutRecords, references, heldOut);
    }
}
