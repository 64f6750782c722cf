package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.plmfrontier.dataset.fasta.FastaReader;
import org.plmfrontier.dataset.fasta.SequenceFile;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.residue.ProteinReader;
import org.plmfrontier.dataset.residue.ProteinSink;

/** Reads all sources in order and checks that they still hold what they held when the corpus was asked for. */
final class SourceReader {
    private final Findings findings;
    private final ProteinSink sink;
    private final BuildProgress progress;

    SourceReader(Findings findings, ProteinSink sink, BuildProgress progress) {
        this.findings = findings;
        this.sink = sink;
        this.progress = progress;
    }

    void read(List<Source> sources) throws IOException {
        for (Source source : sources) {
            read(source);
        }
    }

    private void read(Source source) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream counted = new CountedStream(Files.newInputStream(Path.of(source.path())), progress);
                InputStream hashed = new DigestInputStream(counted, digest);
                InputStream text = SequenceFile.open(source.path(), hashed)) {
            ProteinReader proteins = new ProteinReader(source.path(), findings, sink);
            new FastaReader(source.path(), findings, proteins).read(text);
            hashed.transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(source.sha256())) {
            throw new IOException(source.path() + " has changed since the corpus was asked for");
        }
    }
}
