package org.plmfrontier.fitting.resample;

import java.util.SplittableRandom;
import org.plmfrontier.fitting.quantity.Bootstrap;

/**
 * Draws runs with replacement: all points of a run go together, since they are not independent of each other. Each
 * resample has its own generator, derived from the seed and the resample's index alone, so resamples may be computed in
 * any order or in parallel. Immutable.
 */
public final class BlockSampler {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final int blocks;

    /**
     * A sampler of runs.
     *
     * @param blocks number of runs, at least 1
     */
    public BlockSampler(Bootstrap bootstrap, int blocks) {
        if (blocks < 1) {
            throw new IllegalArgumentException("blocks must be at least 1, got " + blocks);
        }
        this.seed = bootstrap.seed();
        this.blocks = blocks;
    }

    /** The generator of a resample. */
    public SplittableRandom generator(int resample) {
        return new SplittableRandom(seed + (resample + 1) * GOLDEN);
    }

    /** How often each run is drawn: [blocks], sums to the number of blocks. */
    public int[] counts(SplittableRandom generator) {
        int[] counts = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            counts[generator.nextInt(blocks)]++;
        }
        return counts;
    }
}
