package org.plmfrontier.dataset.residue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * What each byte of a sequence line means: a residue token from 4 to 28, the same with {@link #LOWERCASE} set, or one
 * of the negative codes below. So the sign of several codes, or-ed, tells whether one of them is no residue.
 */
final class Letters {
    static final byte UNKNOWN = -1;
    static final byte STOP = -2;
    static final byte GAP = -3;
    static final byte DIGIT = -4;
    static final byte SPACE = -5;
    static final byte ILLEGAL = -6;
    static final byte NON_ASCII = -7;
    static final byte HEADER_MARK = -8;
    static final byte LINE_END = -9;
    static final byte END_MARK = -10;
    /** The bit that a lower-case residue has beside its token. */
    static final int LOWERCASE = 32;
    /** The bits of a residue's token. */
    static final int TOKEN = LOWERCASE - 1;

    /** The bits that eight codes have none of where all are upper-case residues. */
    static final long NO_UPPER_CASE_RESIDUES = ~0x1F1F1F1F1F1F1F1FL;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] CODES = codes();
    private static final char[] PAIRS = pairs();

    private Letters() {}

    static byte code(byte letter) {
        return CODES[letter & 0xFF];
    }

    /** The codes of eight letters, the first in the lowest byte: four look-ups of two letters each. */
    static long eightCodes(byte[] letters, int from) {
        long eight = (long) LONGS.get(letters, from);
        long first = PAIRS[(int) eight & 0xFFFF];
        long second = PAIRS[(int) (eight >>> 16) & 0xFFFF];
        long third = PAIRS[(int) (eight >>> 32) & 0xFFFF];
        long fourth = PAIRS[(int) (eight >>> 48) & 0xFFFF];
        return first | second << 16 | third << 32 | fourth << 48;
    }

    /** How many of eight codes, from the first on, are upper-case residues. */
    static int residues(long codes) {
        return Long.numberOfTrailingZeros(codes & NO_UPPER_CASE_RESIDUES) / Byte.SIZE;
    }

    /** Writes eight codes as bytes. */
    static void store(long codes, byte[] target, int from) {
        LONGS.set(target, from, codes);
    }

    /** Codes of two letters by both, the first in the lower byte of index and value. */
    private static char[] pairs() {
        char[] pairs = new char[1 << 16];
        for (int pair = 0; pair < pairs.length; pair++) {
            pairs[pair] = (char) ((CODES[pair & 0xFF] & 0xFF) | (CODES[pair >>> 8] << 8));
        }
        return pairs;
    }

    private static byte[] codes() {
        byte[] codes = new byte[256];
        for (int letter = 0; letter < codes.length; letter++) {
            codes[letter] = classify(letter);
        }
        return codes;
    }

    private static byte classify(int letter) {
        int token = Vocabulary.idOf(letter);
        if (token >= 0) {
            return (byte) (letter >= 'a' ? LOWERCASE | token : token);
        }
        return switch (letter) {
            case 'J', 'j' -> UNKNOWN;
            case '*' -> STOP;
            case '-', '.' -> GAP;
            case ' ', '\t', 0x0B, '\f' -> SPACE;
            case 0, 0x1A, 0xFF -> END_MARK;
            case '>' -> HEADER_MARK;
            case '\n', '\r' -> LINE_END;
            default -> letter > 127 ? NON_ASCII : Character.isDigit(letter) ? DIGIT : ILLEGAL;
        };
    }
}
