package org.plmfrontier.dataset.statistics;

import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.contracts.topic.TokenBatch;

/**
 * The trivial models under masks: the frequencies and the visible neighbours, both knowing the shares, over the records of
 * the held-out log under the masks that trained models are evaluated under. Memory does not grow. Not thread-safe.
 */
final class MaskedModels {
    private final MaskingChannel channel = new MaskingChannel(HeldOutMasks.SHARES);
    private final double[] frequencies = new double[ResidueCounts.RESIDUES];
    private final double[] prior = new double[ResidueCounts.RESIDUES];
    private final NeighbourModel neighbours;
    private final Sums ofFrequencies = new Sums();
    private final Sums ofNeighbours = new Sums();

    MaskedModels(ResidueCounts counts, NeighbourModel neighbours) {
        for (int t = 0; t < frequencies.length; t++) {
            frequencies[t] = counts.smoothed(t);
        }
        this.neighbours = neighbours;
    }

    /** @param set names the held-out set */
    void evaluate(TokenBatch heldOut, String set) {
        MaskedRecord masked = HeldOutMasks.of(set).mask(heldOut, heldOut.index());
        byte[] input = masked.input();
        int from = 0;
        int next = 0;
        for (int length : masked.lengths()) {
            int to = from + length;
            while (next < masked.selected().length && masked.selected()[next] < to) {
                int place = masked.selected()[next];
                int truth = masked.targets()[next];
                Shown shown = Shown.of(input[place], truth);
                neighbours.predict(input, place, from, to, prior);
                ofFrequencies.add(shown, channel.lossNats(frequencies, input[place], truth));
                ofNeighbours.add(shown, channel.lossNats(prior, input[place], truth));
                next++;
            }
            from = to;
        }
    }

    /** @throws IllegalStateException where no residue was selected */
    MaskedReferences losses() {
        LossParts frequencyParts = ofFrequencies.parts();
        LossParts neighbourParts = ofNeighbours.parts();
        return new MaskedReferences(
                HeldOutMasks.SHARES,
                frequencyParts.residues(),
                frequencyParts.lossNats(),
                onMask(frequencyParts),
                neighbourParts.lossNats(),
                onMask(neighbourParts));
    }

    private static double onMask(LossParts parts) {
        LossPart mask = parts.mask();
        if (mask == null) {
            throw new IllegalStateException("no held-out residue shows MASK");
        }
        return mask.lossNats();
    }

    private static final class Sums {
        private final double[] nats = new double[Shown.values().length];
        private final long[] residues = new long[Shown.values().length];

        void add(Shown shown, double lossNats) {
            nats[shown.ordinal()] += lossNats;
            residues[shown.ordinal()]++;
        }

        LossParts parts() {
            return LossParts.of(nats, residues);
        }
    }
}
