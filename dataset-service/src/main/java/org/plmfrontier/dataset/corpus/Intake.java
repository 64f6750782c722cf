package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.packing.LengthWindow;
import org.plmfrontier.dataset.residue.ProteinSink;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.shuffle.SpillShuffle;
import org.plmfrontier.dataset.split.HeldOutChoice;
import org.plmfrontier.dataset.statistics.LengthHistogram;

/** The way in: numbers the proteins that are kept, offers them to the held-out choice and spills them. */
final class Intake implements ProteinSink {
    private final CorpusOptions options;
    private final SpillShuffle shuffle;
    private final LengthWindow window;
    private final HeldOutChoice choice;
    private final BuildProgress progress;
    private final LengthHistogram lengths = new LengthHistogram();
    private final Map<SetApart, Long> setApart = new EnumMap<>(SetApart.class);
    private long kept;
    private long residues;
    private long residuesCut;

    Intake(CorpusOptions options, SpillShuffle shuffle, BuildProgress progress) {
        this.options = options;
        this.shuffle = shuffle;
        this.progress = progress;
        this.window = new LengthWindow(options.maxLength(), options.seed());
        this.choice = new HeldOutChoice(options.heldOutSequences(), options.seed());
    }

    @Override
    public void protein(byte[] protein, int length) throws IOException {
        if (length < options.minLength()) {
            setApart(SetApart.TOO_SHORT);
            return;
        }
        progress.sequence();
        long ordinal = kept++;
        residues += length;
        lengths.add(length);
        choice.offer(ordinal);
        byte[] tokens = window.tokens(ordinal, protein, length);
        residuesCut += length - residuesOf(tokens, length);
        shuffle.add(ordinal, tokens);
    }

    @Override
    public void setApart(SetApart reason) {
        progress.sequence();
        setApart.merge(reason, 1L, Long::sum);
    }

    /** Ordinals of the held-out proteins, ascending. */
    long[] heldOut() throws IOException {
        if (kept <= options.heldOutSequences()) {
            throw new IOException("the sources hold " + kept + " usable proteins, of which heldOutSequences "
                    + options.heldOutSequences() + " leaves none to train on");
        }
        return choice.ordinals();
    }

    CorpusManifest.Counts counts() {
        long apart = setApart.values().stream().mapToLong(Long::longValue).sum();
        return new CorpusManifest.Counts(
                kept + apart, kept, Math.min(kept, options.heldOutSequences()), setApart, residues, residuesCut);
    }

    LengthHistogram lengths() {
        return lengths;
    }

    private static int residuesOf(byte[] tokens, int length) {
        if (length + 2 == tokens.length) {
            return length;
        }
        int residues = tokens.length;
        residues -= Vocabulary.isResidue(tokens[0]) ? 0 : 1;
        return residues - (Vocabulary.isResidue(tokens[tokens.length - 1]) ? 0 : 1);
    }
}
