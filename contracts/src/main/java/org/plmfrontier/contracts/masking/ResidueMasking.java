package org.plmfrontier.contracts.masking;

import java.util.Arrays;
import java.util.Objects;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

/**
 * BERT masking (Devlin et al. 2019) of residues, never of START or END (Serrano et al. 2024, Appendix D). Counts are
 * rounded per sequence, with at least one residue selected where there is one. The same seed and place give the same
 * masks on every machine.
 */
public final class ResidueMasking {
    private final Masking masking;
    private final long seed;

    /**
     * Masks of one seed.
     *
     * @param seed of the recipe, or of the held-out set
     */
    public ResidueMasking(Masking masking, long seed) {
        this.masking = Objects.requireNonNull(masking, "masking");
        this.seed = seed;
    }

    /**
     * Masks a record.
     *
     * @param position place in the run's reading of the token log; counts on over epochs, so that a second reading of
     *     a record hides other residues
     */
    public MaskedRecord mask(TokenBatch batch, long position) {
        SplitMix64 random = SplitMix64.at(seed, position);
        byte[] input = batch.tokens().clone();
        int[] selected = new int[input.length];
        int count = 0;
        int start = 0;
        for (int length : batch.lengths()) {
            count = maskSequence(input, start, length, selected, count, random);
            start += length;
        }
        selected = Arrays.copyOf(selected, count);
        return new MaskedRecord(input, selected, targets(batch.tokens(), selected), batch.lengths());
    }

    private int maskSequence(byte[] input, int start, int length, int[] selected, int count, SplitMix64 random) {
        int[] residues = residues(input, start, length);
        int chosen = residues.length == 0 ? 0 : Math.max(1, rounded(masking.selected(), residues.length));
        int masked = rounded(masking.masked(), chosen);
        int randomised = Math.min(rounded(masking.random(), chosen), chosen - masked);
        for (int i = 0; i < chosen; i++) {
            swap(residues, i, i + random.nextInt(residues.length - i));
            if (i < masked) {
                input[residues[i]] = Vocabulary.MASK;
            } else if (i < masked + randomised) {
                input[residues[i]] = standardResidue(random);
            }
            selected[count + i] = residues[i];
        }
        Arrays.sort(selected, count, count + chosen);
        return count + chosen;
    }

    private static int[] residues(byte[] tokens, int start, int length) {
        int[] places = new int[length];
        int count = 0;
        for (int i = start; i < start + length; i++) {
            if (Vocabulary.isResidue(tokens[i])) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }

    private static byte standardResidue(SplitMix64 random) {
        int kinds = Vocabulary.END_OF_STANDARD_RESIDUES - Vocabulary.FIRST_RESIDUE;
        return (byte) (Vocabulary.FIRST_RESIDUE + random.nextInt(kinds));
    }

    private static byte[] targets(byte[] tokens, int[] selected) {
        byte[] targets = new byte[selected.length];
        for (int i = 0; i < selected.length; i++) {
            targets[i] = tokens[selected[i]];
        }
        return targets;
    }

    private static int rounded(double share, int of) {
        return (int) Math.round(share * of);
    }

    private static void swap(int[] values, int i, int j) {
        int kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
