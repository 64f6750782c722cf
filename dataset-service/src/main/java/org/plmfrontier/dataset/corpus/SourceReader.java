package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.VanishedException;

/**
 * Reads the sources in order and checks that they still hold what they held when the corpus was asked for, that each is
 * FASTA, and says which adds nothing.
 */
final class SourceReader {
    private final SourceFile file;
    private final Findings findings;
    private final Intake intake;
    private final BuildProgress progress;

    SourceReader(BuildTools tools, Findings findings, Intake intake, BuildProgress progress) {
        this.file = new SourceFile(tools, findings, progress);
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
        long proteins = intake.ordinals();
        Map<SetApart, Long> setApart = new EnumMap<>(SetApart.class);
        setApart.putAll(intake.setApart());
        Checkpoint.Part read = file.read(source, intake);
        if (intake.ordinals() == proteins) {
            noteNoProtein(source, setApart);
        }
        requireUnchanged(source, read);
        return read;
    }

    /** @throws VanishedException where the file is not what it was when the corpus was asked for */
    static void requireUnchanged(Source source, Checkpoint.Part read) throws VanishedException {
        if (source.sha256() != null && !read.sha256().equals(source.sha256())) {
            throw VanishedException.changed(source.name(), source.sha256(), read.sha256());
        }
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
