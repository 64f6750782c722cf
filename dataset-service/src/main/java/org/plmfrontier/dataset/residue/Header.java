package org.plmfrontier.dataset.residue;

import java.nio.charset.StandardCharsets;

/**
 * The header of the record that is read. The object is reused from record to record: whoever keeps something of it
 * copies that. Not thread-safe.
 */
public final class Header {
    /** Bytes of an identifier that are looked at; longer ones are cut. */
    public static final int LONGEST = 1 << 10;

    private final byte[] identifier = new byte[LONGEST];
    private int length;
    private boolean marked;
    private boolean over;
    private long line;

    void start(long headerLine) {
        line = headerLine;
        length = 0;
        marked = false;
        over = false;
    }

    /** Takes the identifier from a piece of the header's text. */
    void take(byte[] block, int from, int to) {
        int at = from;
        while (at < to && length == 0 && isBefore(block[at])) {
            at++;
        }
        if (!over) {
            takeWord(block, at, to);
        }
    }

    private void takeWord(byte[] block, int from, int to) {
        int last = Math.min(to, from + LONGEST - length);
        int at = from;
        while (at < last && block[at] != ' ' && block[at] != '\t') {
            at++;
        }
        System.arraycopy(block, from, identifier, length, at - from);
        length += at - from;
        over = length > 0 && (at < to || length == LONGEST);
    }

    /** Whether a byte before the identifier is passed over: the mark, once, and spaces. */
    private boolean isBefore(byte letter) {
        boolean mark = letter == '>' && !marked;
        marked |= mark;
        return mark || letter == ' ' || letter == '\t';
    }

    /** Line of the header, from 1. */
    public long line() {
        return line;
    }

    /** The first word, as the file has it; {@link #identifierLength()} bytes of it count. */
    public byte[] identifierBytes() {
        return identifier;
    }

    /** Bytes of the identifier, 0 where there is none. */
    public int identifierLength() {
        return length;
    }

    /** The first word as text. */
    public String identifier() {
        return new String(identifier, 0, length, StandardCharsets.ISO_8859_1);
    }
}
