package org.plmfrontier.fitting.resample;

import java.util.SplittableRandom;
import org.plmfrontier.fitting.quantity.Bootstrap;

/**
 * Draws runs with replacement: all points of a run go together, since they are not independent of each other. Each
 * resample has its own generator, derived from the seed, the purpose and the resample's index alone, so resamples may be
 * computed in any order or in parallel. Immutable.
 */
public final class BlockSampler {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Purpose purpose;
    private final int blocks;

    /**
     * A sampler of runs.
     *
     * @param purpose what the resamples are for
     * @param blocks number of runs, at least 1
     */
    public BlockSampler(Bootstrap bootstrap, Purpose purpose, int blocks) {
        if (blocks < 1) {
            throw new IllegalArgumentException("blocks must be at least 1, got " + blocks);
        }
        this.seed = bootstrap.seed();
        this.purpose = purpose;
        this.blocks = blocks;
    }

    /**
     * The generator of a resample. Its state is mixed: a state that only adds multiples of SplittableRandom's own increment
     * would make the resamples one stream, each shifted by a draw against the last.
     */
    public SplittableRandom generator(int resample) {
        return new SplittableRandom(mix(mix(seed + purpose.salt() * GOLDEN) + (resample + 1) * GOLDEN));
    }

    /** How often each run is drawn: [blocks], sums to the number of blocks. */
    public int[] counts(SplittableRandom generator) {
        int[] counts = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            counts[generator.nextInt(blocks)]++;
        }
        return counts;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), a bijection of 64 bits. */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
