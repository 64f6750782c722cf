package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.packing.BatchPacker;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.spill.SpillShuffle;
import org.plmfrontier.dataset.statistics.LengthHistogram;
import org.plmfrontier.dataset.statistics.ReferenceModels;

/** The way out: drains the shuffled proteins into the packed batches of both parts and counts them. Not thread-safe. */
final class Packing {
    private final Selection selection;
    private final SpillShuffle heldOutShuffle;
    private final BuildProgress progress;
    private final SampleGate gate;
    private final LengthHistogram lengths = new LengthHistogram();
    private final ReferenceModels models = new ReferenceModels();
    private long kept;
    private long heldOut;
    private long residues;
    private long residuesCut;

    /** @param heldOutShuffle empty; takes the held-out part in between */
    Packing(CorpusOptions options, Selection selection, SpillShuffle heldOutShuffle, BuildProgress progress) {
        this.selection = selection;
        this.heldOutShuffle = heldOutShuffle;
        this.progress = progress;
        this.gate = new SampleGate(options.sample());
    }

    /** The training part, and the held-out part into its shuffle. */
    void training(SpillShuffle all, BatchPacker packer) throws IOException {
        all.drain((ordinal, length, tokens) -> {
            progress.protein();
            if (!selection.has(ordinal)) {
                return;
            }
            if (selection.holdsOut(ordinal)) {
                heldOut++;
                heldOutShuffle.add(ordinal, length, tokens);
                keep(length, tokens);
            } else if (gate.takes(tokens.length)) {
                models.train(tokens);
                packer.add(tokens);
                keep(length, tokens);
            }
        });
        gate.requireFull();
        packer.finish();
    }

    /** The held-out part. */
    void heldOut(BatchPacker packer) throws IOException {
        heldOutShuffle.drain((ordinal, length, tokens) -> {
            models.evaluate(tokens);
            packer.add(tokens);
        });
        packer.finish();
    }

    /** A held-out set that is named, whose records are as they are. */
    void heldOut(CommonHeldOut common, Consumer<List<byte[]>> records) {
        for (CommonHeldOut.Held protein : common.proteins()) {
            models.evaluate(protein.tokens());
            heldOut++;
            keep(protein.residues(), protein.tokens());
        }
        common.batches().forEach(records);
    }

    /**
     * Takes the held-out batches after the trivial models have looked at them as the log will have them.
     *
     * @param set names the held-out set
     */
    Consumer<TokenBatch> evaluated(String set, Consumer<TokenBatch> sink) {
        Consumer<TokenBatch> look = batch -> models.evaluate(batch, set);
        return look.andThen(sink);
    }

    /** @param before records that were set apart before the packing, by reason */
    CorpusManifest.Counts counts(Map<SetApart, Long> before) {
        Map<SetApart, Long> setApart = new EnumMap<>(SetApart.class);
        setApart.putAll(before);
        if (gate.refused() > 0) {
            setApart.put(SetApart.NOT_SAMPLED, gate.refused());
        }
        long apart = setApart.values().stream().mapToLong(Long::longValue).sum();
        return new CorpusManifest.Counts(kept + apart, kept, heldOut, setApart, residues, residuesCut);
    }

    LengthHistogram lengths() {
        return lengths;
    }

    ReferenceModels models() {
        return models;
    }

    private void keep(int length, byte[] tokens) {
        kept++;
        residues += length;
        residuesCut += length - residuesOf(tokens, length);
        lengths.add(length);
    }

    private static int residuesOf(byte[] tokens, int length) {
        if (length + 2 == tokens.length) {
            return length;
        }
        int count = tokens.length;
        count -= Vocabulary.isResidue(tokens[0]) ? 0 : 1;
        return count - (Vocabulary.isResidue(tokens[tokens.length - 1]) ? 0 : 1);
    }
}
