package org.plmfrontier.dataset.residue;

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
    /** The bit that a lower-case residue has beside its token. */
    static final int LOWERCASE = 32;
    /** The bits of a residue's token. */
    static final int TOKEN = LOWERCASE - 1;

    private static final byte[] CODES = codes();

    private Letters() {}

    static byte code(byte letter) {
        return CODES[letter & 0xFF];
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
            case ' ', '\t' -> SPACE;
            case '>' -> HEADER_MARK;
            default -> letter > 127 ? NON_ASCII : Character.isDigit(letter) ? DIGIT : ILLEGAL;
        };
    }
}
