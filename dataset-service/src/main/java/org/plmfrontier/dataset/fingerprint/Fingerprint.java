package org.plmfrontier.dataset.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MurmurHash3, the 128-bit variant for 64-bit machines (Appleby 2011, public domain), seed 0. Among n different inputs
 * any two agree with a probability below n squared / 2^129: 10^-23 for the 64 million proteins of UniRef50.
 *
 * @param high first 64 bits
 * @param low last 64 bits
 */
public record Fingerprint(long high, long low) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    /** Hash of the first bytes of an array. */
    public static Fingerprint of(byte[] bytes, int length) {
        long h1 = 0;
        long h2 = 0;
        int at = 0;
        for (; length - at >= 16; at += 16) {
            h1 ^= first((long) LONGS.get(bytes, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= second((long) LONGS.get(bytes, at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h2 ^= second(tail(bytes, at + 8, length));
        h1 ^= first(tail(bytes, at, Math.min(length, at + 8)));
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = mix(h1);
        h2 = mix(h2);
        h1 += h2;
        return new Fingerprint(h1, h2 + h1);
    }

    private static long first(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long second(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long tail(byte[] bytes, int from, int to) {
        long value = 0;
        for (int at = to - 1; at >= from; at--) {
            value = (value << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        return value;
    }

    private static long mix(long k) {
        long a = (k ^ (k >>> 33)) * 0xff51afd7ed558ccdL;
        long b = (a ^ (a >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return b ^ (b >>> 33);
    }
}
