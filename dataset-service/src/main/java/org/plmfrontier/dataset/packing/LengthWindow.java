package org.plmfrontier.dataset.packing;

import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.seed.Purpose;
import org.plmfrontier.dataset.seed.SplitMix;

/**
 * Residues to tokens of at most a given length. A protein that fits with both marks is START residues END. A longer
 * one gives a window of that string at a uniform random place, so that START and END stand at true ends only (Serrano
 * et al. 2024, Appendix B).
 *
 * @param maxLength most tokens of a sequence, marks included
 * @param seed seed of the corpus
 */
public record LengthWindow(int maxLength, long seed) {
    public LengthWindow {
        if (maxLength < 3) {
            throw new IllegalArgumentException("maxLength must be at least 3, got " + maxLength);
        }
    }

    /**
     * The tokens of a protein.
     *
     * @param ordinal number of the protein; the window's place follows from it and the seed
     * @param residues residue tokens
     * @param length number of residues
     */
    public byte[] tokens(long ordinal, byte[] residues, int length) {
        int whole = length + 2;
        if (whole <= maxLength) {
            return cut(residues, length, 0, whole);
        }
        long start = new SplitMix(seed, Purpose.LENGTH_WINDOW, ordinal).below(whole - maxLength + 1L);
        return cut(residues, length, (int) start, maxLength);
    }

    /** Part of START residues END, without building the whole. */
    private static byte[] cut(byte[] residues, int length, int from, int size) {
        byte[] tokens = new byte[size];
        int head = from == 0 ? 1 : 0;
        int tail = from + size == length + 2 ? 1 : 0;
        System.arraycopy(residues, from + head - 1, tokens, head, size - head - tail);
        if (head == 1) {
            tokens[0] = Vocabulary.START;
        }
        if (tail == 1) {
            tokens[size - 1] = Vocabulary.END;
        }
        return tokens;
    }
}
