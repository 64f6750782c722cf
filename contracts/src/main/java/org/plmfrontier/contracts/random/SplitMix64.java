package org.plmfrontier.contracts.random;

/**
 * SplitMix64 (Steele, Lea and Flood 2014, Fast Splittable Pseudorandom Number Generators): a counter and a mixing
 * function, written out here so that masks and initial weights do not depend on a library's version. Not thread-safe.
 */
public final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix64(long seed) {
        this.state = seed;
    }

    /**
     * A generator for one place of a seeded whole; places next to each other give unrelated numbers.
     *
     * @param place for example a record's position in the token log
     */
    public static SplitMix64 at(long seed, long place) {
        return new SplitMix64(mix(mix(seed + GOLDEN_GAMMA) + (place + 1) * GOLDEN_GAMMA));
    }

    /** The next 64 bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A number from 0 to {@code bound - 1}; the bias is below {@code bound / 2^32}. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    /** A number in [0, 1) with 24 random bits, as many as a float holds. */
    public double nextUnit() {
        return (nextLong() >>> 40) * 0x1p-24;
    }

    /** The finaliser: a bijection of 64 bits in which every input bit moves every output bit. */
    public static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
