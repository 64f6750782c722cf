package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.fingerprint.Fingerprint;
import org.plmfrontier.dataset.packing.LengthWindow;
import org.plmfrontier.dataset.residue.Header;
import org.plmfrontier.dataset.residue.ProteinSink;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.spill.DuplicateSearch;
import org.plmfrontier.dataset.spill.SpillFolder;
import org.plmfrontier.dataset.spill.SpillShuffle;

/**
 * The way in: numbers the proteins that pass the filters and spills them with all that later steps need. After each
 * part the state is saved, and a later intake of the same folder goes on from there. Not thread-safe.
 */
final class Intake implements ProteinSink, AutoCloseable {
    /** Bits of a place that are the line; those above are the source's number. */
    static final int LINE_BITS = 40;

    private final CorpusOptions options;
    private final BuildProgress progress;
    private final Findings findings;
    private final Filter filter;
    private final @Nullable CommonHeldOut common;
    private final LengthWindow window;
    private final Path files;
    private final Path checkpointFile;
    private final Map<SetApart, Long> setApart = new EnumMap<>(SetApart.class);
    private final List<Checkpoint.Part> parts;
    private final SpillShuffle shuffle;
    private final DuplicateSearch identifiers;
    private final DuplicateSearch sequences;
    private final @Nullable ProteinText text;
    private long ordinals;

    /**
     * Takes in the proteins of a build, from where an earlier one ended.
     *
     * @param folder of this build alone
     * @param common the held-out set that is named; null where none is
     */
    Intake(
            Path folder,
            CorpusOptions options,
            @Nullable CommonHeldOut common,
            long memoryBytes,
            Findings findings,
            BuildProgress progress)
            throws IOException {
        this.options = options;
        this.progress = progress;
        this.findings = findings;
        this.filter = new Filter(options);
        this.common = common;
        this.window = new LengthWindow(options.maxLength(), options.seed());
        this.files = Files.createDirectories(folder.resolve("intake"));
        this.checkpointFile = folder.resolve("checkpoint-2");
        Checkpoint checkpoint = restored(Checkpoint.load(checkpointFile));
        this.parts = new ArrayList<>(checkpoint.parts());
        this.ordinals = checkpoint.ordinals();
        this.setApart.putAll(checkpoint.setApart());
        findings.restore(checkpoint.findings());
        this.shuffle = new SpillShuffle(files.resolve("all"), options.seed(), memoryBytes);
        this.identifiers = new DuplicateSearch(files.resolve("identifiers"), memoryBytes);
        this.sequences = new DuplicateSearch(files.resolve("sequences"), memoryBytes);
        this.text = options.needsIdentity() ? new ProteinText(proteins()) : null;
    }

    @Override
    public void protein(Header header, byte[] protein, int length) throws IOException {
        seen(header);
        SetApart objection = filter.objection(header, protein, length);
        if (objection != null) {
            count(objection);
            return;
        }
        if (common != null && common.holds(protein, length)) {
            count(SetApart.HELD_OUT);
            return;
        }
        long ordinal = ordinals++;
        shuffle.add(ordinal, length, window.tokens(ordinal, protein, length));
        if (options.deduplicate()) {
            sequences.add(Fingerprint.of(protein, length), ordinal);
        }
        if (text != null) {
            text.add(ordinal, protein, length);
        }
    }

    @Override
    public void setApart(Header header, SetApart reason) throws IOException {
        seen(header);
        count(reason);
    }

    /** How many sources an earlier attempt has read and need not be read again. */
    int partsDone() {
        return parts.size();
    }

    /** A source is read; what it gave survives a restart from now on. */
    void partDone(Checkpoint.Part part) throws IOException {
        parts.add(part);
        shuffle.flush();
        identifiers.flush();
        sequences.flush();
        if (text != null) {
            text.flush();
        }
        new Checkpoint(parts, ordinals, setApart, findings.list(), SpillFolder.lengths(files)).save(checkpointFile);
    }

    /** Hash and length of each source, in order. */
    List<Checkpoint.Part> parts() {
        return parts;
    }

    /** Proteins that passed the filters; their ordinals are 0 to this less 1. */
    long ordinals() {
        return ordinals;
    }

    /** Records that did not pass, by reason. */
    Map<SetApart, Long> setApart() {
        return setApart;
    }

    SpillShuffle shuffle() {
        return shuffle;
    }

    /** Places, source number and line, of headers whose identifier an earlier one has. */
    DuplicateSearch identifiers() {
        return identifiers;
    }

    /** Ordinals of proteins whose residues an earlier one has. */
    DuplicateSearch sequences() {
        return sequences;
    }

    /** All proteins by ordinal; there where the options need it. */
    Path proteins() {
        return files.resolve("proteins.fasta");
    }

    @Override
    public void close() throws IOException {
        shuffle.close();
        identifiers.close();
        sequences.close();
        if (text != null) {
            text.close();
        }
    }

    private Checkpoint restored(Checkpoint found) throws IOException {
        if (SpillFolder.restore(files, found.files())) {
            return found;
        }
        SpillFolder.restore(files, Map.of());
        return Checkpoint.START;
    }

    private void seen(Header header) throws IOException {
        progress.sequence();
        if (header.identifierLength() > 0) {
            long place = ((long) parts.size() << LINE_BITS) | header.line();
            identifiers.add(Fingerprint.of(header.identifierBytes(), header.identifierLength()), place);
        }
    }

    private void count(SetApart reason) {
        setApart.merge(reason, 1L, Long::sum);
    }
}
