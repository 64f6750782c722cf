package org.plmfrontier.dataset.statistics;

import java.util.ArrayList;
import java.util.List;

/** Lengths of proteins in residues: bins of 50 up to 1000, then bins that double. Not thread-safe. */
public final class LengthHistogram {
    private static final int WIDTH = 50;
    private static final int EVEN_BINS = 20;
    private static final int BINS = EVEN_BINS + 32;

    private final long[] counts = new long[BINS];

    public void add(int residues) {
        counts[bin(residues)]++;
    }

    /** The bars from the first that is not empty to the last. */
    public List<LengthBin> bins() {
        List<LengthBin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                for (int k = bins.isEmpty() ? i : nextOf(bins); k <= i; k++) {
                    bins.add(new LengthBin(start(k), start(k + 1), counts[k]));
                }
            }
        }
        return List.copyOf(bins);
    }

    private static int nextOf(List<LengthBin> bins) {
        return bin((int) bins.getLast().to());
    }

    private static int bin(int residues) {
        int even = residues / WIDTH;
        return even < EVEN_BINS ? even : EVEN_BINS + 31 - Integer.numberOfLeadingZeros(even / EVEN_BINS);
    }

    private static long start(int bin) {
        return bin <= EVEN_BINS ? (long) bin * WIDTH : ((long) EVEN_BINS * WIDTH) << (bin - EVEN_BINS);
    }
}
