package org.plmfrontier.fitting.quantity;

/**
 * How intervals are resampled.
 *
 * @param resamples number of resamples, at least {@value #FEWEST}
 * @param level probability the intervals shall cover
 * @param seed seed of the resampling, reported with every result
 */
public record Bootstrap(int resamples, double level, long seed) {
    /** Fewest resamples that give a 95 % percentile interval some meaning. */
    public static final int FEWEST = 20;

    public Bootstrap {
        if (resamples < FEWEST) {
            throw new IllegalArgumentException("resamples must be at least " + FEWEST + ", got " + resamples);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must lie in (0, 1), got " + level);
        }
    }

    /** 1,000 resamples, 95 %. */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(1000, 0.95, seed);
    }
}
