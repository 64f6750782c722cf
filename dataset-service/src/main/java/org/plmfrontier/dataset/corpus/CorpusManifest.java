package org.plmfrontier.dataset.corpus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.residue.SetApart;
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
 */
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
        ReferenceLosses references) {
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

    /** The corpus as other services see it. */
    public CorpusRef ref() {
        return new CorpusRef(id, records, tokens, heldOutRecords, references);
    }
}
