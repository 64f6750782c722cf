package org.plmfrontier.dataset.seed;

/**
 * SplitMix64 (Steele, Lea, Flood 2014), written out here because a corpus must have the same order on every JDK, which
 * the library's generators do not promise. Not thread-safe; the static functions are.
 */
public final class SplitMix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** A stream that follows from seed, purpose and ordinal alone. */
    public SplitMix(long seed, Purpose purpose, long ordinal) {
        this.state = key(seed, purpose, ordinal);
    }

    /**
     * One number per ordinal, without drawing the ones before it: distinct ordinals have distinct keys, since every
     * step is a bijection of 64 bits.
     */
    public static long key(long seed, Purpose purpose, long ordinal) {
        return mix(mix(seed + GOLDEN * purpose.salt()) + GOLDEN * (ordinal + 1));
    }

    /** The next 64 uniform bits. */
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /**
     * A uniform number in 0 to bound - 1, by rejection.
     *
     * @throws IllegalArgumentException where the bound is not positive
     */
    public long below(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        while (true) {
            long bits = nextLong() >>> 1;
            long value = bits % bound;
            if (bits - value + (bound - 1) >= 0) {
                return value;
            }
        }
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
