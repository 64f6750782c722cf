package org.plmfrontier.dataset.fasta;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line ends eight bytes at a time. */
final class LineEnd {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LF = ONES * '\n';
    private static final long CR = ONES * '\r';

    private LineEnd() {}

    /** Place of the first LF or CR in {@code from} to {@code to} - 1, or {@code to} where there is none. */
    static int find(byte[] block, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long eight = (long) LONGS.get(block, at);
            long hits = zeroBytes(eight ^ LF) | zeroBytes(eight ^ CR);
            if (hits != 0) {
                return at + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < to && block[at] != '\n' && block[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The lowest bit that is set marks the first byte that is zero; none is set where no byte is. */
    private static long zeroBytes(long eight) {
        return (eight - ONES) & ~eight & HIGH;
    }
}
