package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogDigest;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.packing.BatchPacker;
import org.plmfrontier.dataset.packing.LengthWindow;
import org.plmfrontier.dataset.residue.Header;
import org.plmfrontier.dataset.residue.ProteinSink;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.spill.SpillFolder;

/**
 * A held-out set that is named. Files give all their proteins, cut and packed by the corpus's lengths and by nothing else of it,
 * so that every corpus of these lengths has the same records; the part of another corpus is taken record by record as it is. The
 * set is held in memory, at most {@value #MOST_TOKENS} tokens. Not thread-safe.
 */
final class CommonHeldOut {
    /** Largest set: every evaluation of every run reads it whole. */
    static final int MOST_TOKENS = 1 << 24;

    /** Seeds windows and packing of every set of files, whatever the corpus's seed is. */
    private static final long SEED = 1;

    private final HeldOutFrom from;
    private final Path queries;
    private final List<Held> proteins = new ArrayList<>();
    private final List<List<byte[]>> batches = new ArrayList<>();
    private final KnownProteins known = new KnownProteins();
    private final Map<SetApart, Long> setApart = new EnumMap<>(SetApart.class);
    private final List<Checkpoint.Part> parts = new ArrayList<>();
    private long tokens;
    private List<Finding> findings = List.of();
    private @Nullable HeldOutSet set;

    /**
     * A protein of the set.
     *
     * @param residues how many the whole protein has, as far as is known
     */
    record Held(int residues, byte[] tokens) {}

    private CommonHeldOut(HeldOutFrom from, Path folder) {
        this.from = from;
        this.queries = folder.resolve("queries.fasta");
    }

    /**
     * Reads the set that a corpus names.
     *
     * @param folder of this set alone
     * @throws IOException where it cannot be read, is empty or too large; the message says which
     */
    static CommonHeldOut read(Path folder, CorpusOptions options, BuildTools tools, BuildProgress progress)
            throws IOException {
        CommonHeldOut read = new CommonHeldOut(Objects.requireNonNull(options.heldOut()), folder);
        SpillFolder.delete(folder);
        Files.createDirectories(folder);
        try (ProteinText text = new ProteinText(read.queries)) {
            if (read.from.corpus() == null) {
                read.readFiles(options, tools, progress, text);
            } else {
                read.take(tools.parts().of(read.from.corpus()), text);
            }
        }
        return read;
    }

    private void readFiles(CorpusOptions options, BuildTools tools, BuildProgress progress, ProteinText text)
            throws IOException {
        Findings found = new Findings(options.strict());
        SourceFile file = new SourceFile(tools, found, progress);
        try {
            for (Source source : from.files()) {
                Checkpoint.Part part = file.read(source, new Sink(new LengthWindow(options.maxLength(), SEED), text));
                SourceReader.requireUnchanged(source, part);
                parts.add(part);
            }
        } finally {
            findings = found.list();
            progress.found(findings);
        }
        if (proteins.isEmpty()) {
            throw new IOException("the held-out set is empty: there is no protein in "
                    + String.join(", ", from.files().stream().map(Source::name).toList())
                    + (setApart.isEmpty() ? "" : "; set apart: " + setApart));
        }
        int window = Math.min(
                CorpusOptions.DEFAULT_PACKING_WINDOW, (int) (CorpusOptions.WINDOW_TOKENS / options.maxLength()));
        BatchPacker packer = new BatchPacker(options.batchTokens(), Math.max(1, window), SEED, batches::add);
        proteins.forEach(protein -> packer.add(protein.tokens()));
        packer.finish();
        set = HeldOutSet.of(digest());
    }

    private String digest() {
        TokenLogDigest digest = new TokenLogDigest();
        for (int index = 0; index < batches.size(); index++) {
            digest.add(BatchCounter.join("", index, batches.get(index)));
        }
        return digest.hex();
    }

    private void take(HeldOutParts.Part part, ProteinText text) throws IOException {
        set = part.set();
        for (TokenBatch batch : part.batches()) {
            List<byte[]> sequences = new ArrayList<>();
            int start = 0;
            for (int length : batch.lengths()) {
                byte[] sequence = new byte[length];
                System.arraycopy(batch.tokens(), start, sequence, 0, length);
                sequences.add(sequence);
                keepSequence(sequence, text);
                start += length;
            }
            batches.add(sequences);
        }
    }

    /** A sequence that lost an end to the window is a part of its protein. */
    private void keepSequence(byte[] sequence, ProteinText text) throws IOException {
        int head = sequence[0] == Vocabulary.START ? 1 : 0;
        int tail = sequence[sequence.length - 1] == Vocabulary.END ? 1 : 0;
        byte[] residues = new byte[sequence.length - head - tail];
        System.arraycopy(sequence, head, residues, 0, residues.length);
        if (head + tail == 2) {
            known.addWhole(residues, residues.length);
        } else {
            known.addWindow(residues);
        }
        text.add(proteins.size(), residues, residues.length);
        keep(residues.length, sequence);
    }

    private void keep(int residues, byte[] sequence) throws IOException {
        tokens += sequence.length;
        if (tokens > MOST_TOKENS) {
            throw new IOException("the held-out set has more than " + MOST_TOKENS
                    + " tokens: every evaluation of every run would read them all; name fewer proteins");
        }
        proteins.add(new Held(residues, sequence));
    }

    /** Takes the proteins of files. */
    private final class Sink implements ProteinSink {
        private final LengthWindow window;
        private final ProteinText text;

        Sink(LengthWindow window, ProteinText text) {
            this.window = window;
            this.text = text;
        }

        @Override
        public void protein(Header header, byte[] residues, int length) throws IOException {
            known.addWhole(residues, length);
            text.add(proteins.size(), residues, length);
            keep(length, window.tokens(proteins.size(), residues, length));
        }

        @Override
        public void setApart(Header header, SetApart reason) {
            setApart.merge(reason, 1L, Long::sum);
        }
    }

    /** What tells the set from any other. */
    HeldOutSet set() {
        return Objects.requireNonNull(set);
    }

    /** Whether a protein is one of the set's. */
    boolean holds(byte[] residues, int length) {
        return known.holds(residues, length);
    }

    List<Held> proteins() {
        return proteins;
    }

    /** The records of its log, sequences each. */
    List<List<byte[]>> batches() {
        return batches;
    }

    /** Its proteins as FASTA, for tools that compare. */
    Path queries() {
        return queries;
    }

    /** Records of its files that became no protein, by reason. */
    Map<SetApart, Long> setApart() {
        return setApart;
    }

    /** Oddities of its files. */
    List<Finding> findings() {
        return findings;
    }

    /** From where it is, with what its files turned out to be. */
    HeldOutFrom from() {
        return from.corpus() != null ? from : HeldOutFrom.files(Checkpoint.Part.read(from.files(), parts));
    }
}
