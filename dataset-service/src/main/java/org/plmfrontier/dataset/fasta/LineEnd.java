package org.plmfrontier.dataset.fasta;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line ends eight bytes at a time: the lowest byte of eight that is below a bound is found by one subtraction. */
public final class LineEnd {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    /** Both line ends are below this byte, and so is nothing that a sequence file should hold. */
    private static final long BOUND = ONES * 16;

    private LineEnd() {}

    /** Place of the first LF or CR in {@code from} to {@code to} - 1, or {@code to} where there is none. */
    public static int find(byte[] block, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long eight = (long) LONGS.get(block, at);
            long hits = (eight - BOUND) & ~eight & HIGH;
            if (hits == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            if (endsLine(block[at])) {
                return at;
            }
            at++;
        }
        while (at < to && !endsLine(block[at])) {
            at++;
        }
        return at;
    }

    /** Whether the byte of a place ends a line. */
    public static boolean at(byte[] block, int at) {
        return endsLine(block[at]);
    }

    private static boolean endsLine(byte letter) {
        return letter == '\n' || letter == '\r';
    }
}
