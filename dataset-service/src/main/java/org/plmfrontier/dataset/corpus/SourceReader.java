package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.plmfrontier.dataset.fasta.FastaReader;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.pipeline.ReadAhead;
import org.plmfrontier.dataset.residue.ProteinReader;
import org.plmfrontier.dataset.source.Sha256;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.VanishedException;

/** Reads the sources in order and checks that they still hold what they held when the corpus was asked for. */
final class SourceReader {
    private final BuildTools tools;
    private final Findings findings;
    private final Intake intake;
    private final BuildProgress progress;

    SourceReader(BuildTools tools, Findings findings, Intake intake, BuildProgress progress) {
        this.tools = tools;
        this.findings = findings;
        this.intake = intake;
        this.progress = progress;
    }

    /** Reads the sources that no earlier attempt has read to the end. */
    void read(List<Source> sources) throws IOException {
        int done = intake.partsDone();
        progress.reading(sources.stream().limit(done).mapToLong(Source::bytes).sum());
        for (Source source : sources.subList(done, sources.size())) {
            intake.partDone(read(source));
        }
    }

    private String read(Source source) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream counted = new CountedStream(tools.sources().open(source), progress);
                InputStream hashed = new DigestInputStream(counted, digest);
                InputStream text = new ReadAhead("corpus-read", tools.files().open(source.path(), hashed))) {
            ProteinReader proteins = new ProteinReader(source.path(), findings, intake);
            new FastaReader(source.path(), findings, proteins).read(text);
            hashed.transferTo(OutputStream.nullOutputStream());
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        if (source.sha256() != null && !hash.equals(source.sha256())) {
            throw VanishedException.changed(source.path());
        }
        return hash;
    }
}
