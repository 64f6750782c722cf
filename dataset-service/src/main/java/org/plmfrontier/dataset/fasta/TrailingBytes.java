package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.finding.FindingClass;

/** What follows the last sound member of a compressed file. */
public final class TrailingBytes {
    private TrailingBytes() {}

    /**
     * Reads to the end and judges.
     *
     * @param rest from the first byte that is no member
     * @param format for the message, for example {@code gzip}
     * @param broken what a rest that is no padding is called
     * @param cuts whether such a rest may be the end of the last record
     * @return null where only zeros follow
     */
    public static @Nullable BrokenCompressionException judge(
            InputStream rest, String format, FindingClass broken, boolean cuts) throws IOException {
        long bytes = 0;
        boolean zeros = true;
        boolean padding = true;
        byte[] block = new byte[1 << 13];
        for (int count = rest.read(block); count >= 0; count = rest.read(block)) {
            bytes += count;
            for (int i = 0; i < count; i++) {
                zeros &= block[i] == 0;
                padding &= isPadding(block[i]);
            }
        }
        if (zeros) {
            return null;
        }
        String sentence = bytes + " bytes after the last " + format + " member are no member";
        return padding
                ? new BrokenCompressionException(FindingClass.TRAILING_BYTES, sentence, false)
                : new BrokenCompressionException(broken, sentence + " and are not read", cuts);
    }

    private static boolean isPadding(byte value) {
        return switch (value) {
            case 0, '\t', '\n', 0x0B, '\f', '\r', 0x1A, ' ', (byte) 0xFF -> true;
            default -> false;
        };
    }
}
