package org.plmfrontier.trainer.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.trainer.protein.Protein;

/**
 * The proteins that are measured, each as the tokens that the model sees.
 *
 * @param sequences START, residues, END; of a protein longer than the context a window of that, as in training
 * @param findings what was drawn and cut, in sentences
 */
record ProteinSample(List<byte[]> sequences, List<String> findings) {
    /** In the seed, so that windows, samples and masks are unrelated. */
    private static final long WINDOWS = 1L << 40;

    private static final long SAMPLE = 2L << 40;
    private static final long PSEUDO = 3L << 40;

    ProteinSample {
        sequences = List.copyOf(sequences);
        findings = List.copyOf(findings);
    }

    /** Draws proteins where there are more than are wanted, and cuts those that are longer than the context. */
    static ProteinSample of(List<Protein> proteins, LikelihoodOptions options) {
        int[] chosen = drawn(proteins.size(), options.proteins(), options.seed() + SAMPLE);
        List<String> findings = new ArrayList<>();
        if (chosen.length < proteins.size()) {
            findings.add(chosen.length + " of " + proteins.size() + " proteins are measured, drawn with the seed "
                    + options.seed());
        }
        List<byte[]> sequences = new ArrayList<>();
        long cut = 0;
        for (int i : chosen) {
            byte[] tokens = proteins.get(i).tokens();
            int surplus = tokens.length - options.context();
            if (surplus > 0) {
                cut++;
                int from = SplitMix64.at(options.seed() + WINDOWS, i).nextInt(surplus + 1);
                tokens = Arrays.copyOfRange(tokens, from, from + options.context());
            }
            sequences.add(tokens);
        }
        if (cut > 0) {
            findings.add(cut + " proteins are longer than the context of " + options.context()
                    + " tokens: a window of each is measured");
        }
        return new ProteinSample(sequences, findings);
    }

    /** Those with a pseudo-perplexity, by their place. */
    int[] pseudo(LikelihoodOptions options) {
        return drawn(sequences.size(), options.pseudoSequences(), options.seed() + PSEUDO);
    }

    /** Some of {@code size} places, ascending; all where no more are there. */
    private static int[] drawn(int size, int wanted, long seed) {
        int[] places = new int[size];
        Arrays.setAll(places, i -> i);
        if (wanted >= size) {
            return places;
        }
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed));
        for (int i = 0; i < wanted; i++) {
            int j = i + random.nextInt(size - i);
            int kept = places[i];
            places[i] = places[j];
            places[j] = kept;
        }
        int[] drawn = Arrays.copyOf(places, wanted);
        Arrays.sort(drawn);
        return drawn;
    }
}
