package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.plmfrontier.dataset.fasta.FastaReader;
import org.plmfrontier.dataset.fasta.NotFastaException;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.pipeline.ReadAhead;
import org.plmfrontier.dataset.residue.ProteinReader;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.VanishedException;
import org.plmfrontier.runtime.digest.Sha256;

/**
 * Reads the sources in order and checks that they still hold what they held when the corpus was asked for, that each is
 * FASTA, and says which adds nothing.
 */
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

    /**
     * Reads the sources that no earlier attempt has read to the end.
     *
     * @throws IOException where one cannot be read, has changed, or is no FASTA; the message names it
     */
    void read(List<Source> sources) throws IOException {
        int done = intake.partsDone();
        progress.reading(sources.stream().limit(done).mapToLong(Source::bytes).sum());
        for (Source source : sources.subList(done, sources.size())) {
            intake.partDone(read(source));
            progress.found(findings.list());
        }
    }

    private Checkpoint.Part read(Source source) throws IOException {
        MessageDigest digest = Sha256.digest();
        long proteins = intake.ordinals();
        Map<SetApart, Long> setApart = new EnumMap<>(SetApart.class);
        setApart.putAll(intake.setApart());
        long length;
        try (CountedStream counted = new CountedStream(tools.sources().open(source), progress);
                InputStream hashed = new DigestInputStream(counted, digest);
                InputStream text = new ReadAhead("corpus-read", tools.files().open(hashed))) {
            ProteinReader reader = new ProteinReader(source.name(), findings, intake);
            new FastaReader(source.name(), findings, reader).read(text);
            hashed.transferTo(OutputStream.nullOutputStream());
            length = counted.bytes();
        } catch (NotFastaException e) {
            findings.note(FindingClass.NOT_FASTA, new Place(source.name(), 1, e.getMessage()));
            throw new IOException(source.name() + " " + e.getMessage(), e);
        }
        if (intake.ordinals() == proteins) {
            noteNoProtein(source, setApart);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        if (source.sha256() != null && !hash.equals(source.sha256())) {
            throw VanishedException.changed(source.name(), source.sha256(), hash);
        }
        return new Checkpoint.Part(hash, length);
    }

    /** Nothing of the source is kept: says so, unless it has no record and is called empty already. */
    private void noteNoProtein(Source source, Map<SetApart, Long> before) {
        String reasons = intake.setApart().entrySet().stream()
                .filter(reason -> reason.getValue() > before.getOrDefault(reason.getKey(), 0L))
                .map(reason -> reason.getValue() - before.getOrDefault(reason.getKey(), 0L) + " " + reason.getKey())
                .collect(Collectors.joining(", "));
        if (!reasons.isEmpty()) {
            findings.note(
                    FindingClass.NO_PROTEIN, new Place(source.name(), 1, "records that were set apart: " + reasons));
        }
    }
}
