package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.plmfrontier.dataset.fasta.FastaReader;
import org.plmfrontier.dataset.fasta.NotFastaException;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.pipeline.ReadAhead;
import org.plmfrontier.dataset.residue.ProteinReader;
import org.plmfrontier.dataset.residue.ProteinSink;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.runtime.digest.Sha256;

/** Reads one source from its first byte to its last. */
record SourceFile(BuildTools tools, Findings findings, BuildProgress progress) {
    /**
     * Reads.
     *
     * @return hash and length of what was read
     * @throws IOException where it cannot be read or is no FASTA; the message names it
     */
    Checkpoint.Part read(Source source, ProteinSink sink) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (CountedStream counted = new CountedStream(tools.sources().open(source), progress);
                InputStream hashed = new DigestInputStream(counted, digest);
                InputStream text = new ReadAhead("corpus-read", tools.files().open(hashed))) {
            ProteinReader reader = new ProteinReader(source.name(), findings, sink);
            new FastaReader(source.name(), findings, reader).read(text);
            hashed.transferTo(OutputStream.nullOutputStream());
            return new Checkpoint.Part(HexFormat.of().formatHex(digest.digest()), counted.bytes());
        } catch (NotFastaException e) {
            findings.note(FindingClass.NOT_FASTA, new Place(source.name(), 1, e.getMessage()));
            throw new IOException(source.name() + " " + e.getMessage(), e);
        }
    }
}
