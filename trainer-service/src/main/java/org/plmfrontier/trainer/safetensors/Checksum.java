package org.plmfrontier.trainer.safetensors;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The CRC-32C of a checkpoint, kept in its own header's metadata as eight hexadecimal digits. */
final class Checksum {
    static final String KEY = "crc32c";
    /** Stands in the header until the sum is known. */
    static final String BLANK = "00000000";

    private static final byte[] MARK = ("\"" + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);

    private Checksum() {}

    static String text(long crc) {
        return HexFormat.of().toHexDigits((int) crc);
    }

    /** The header with the sum's digits as zeros; unchanged where it holds none. */
    static byte[] blanked(byte[] header) {
        byte[] copy = header.clone();
        int place = place(header);
        if (place >= 0 && place + BLANK.length() <= copy.length) {
            Arrays.fill(copy, place, place + BLANK.length(), (byte) '0');
        }
        return copy;
    }

    /** Index of the first digit in the header, or -1. */
    static int place(byte[] header) {
        for (int i = 0; i + MARK.length <= header.length; i++) {
            if (Arrays.equals(header, i, i + MARK.length, MARK, 0, MARK.length)) {
                return i + MARK.length;
            }
        }
        return -1;
    }
}
