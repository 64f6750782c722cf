package org.plmfrontier.dataset.fasta;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose first bytes can be seen before they are read. A compressed file that breaks within them gives what
 * came before, then the failure, as if nobody had looked. Not thread-safe.
 */
final class Peek extends FilterInputStream {
    private final byte[] head;
    private final @Nullable BrokenCompressionException broken;
    private int at;

    private Peek(InputStream in, byte[] head, @Nullable BrokenCompressionException broken) {
        super(in);
        this.head = head;
        this.broken = broken;
    }

    /** @param most how many bytes are looked at */
    static Peek into(InputStream in, int most) throws IOException {
        byte[] head = new byte[most];
        int length = 0;
        try {
            int count = 0;
            while (count >= 0 && length < most) {
                length += count;
                count = length == most ? -1 : in.read(head, length, most - length);
            }
        } catch (BrokenCompressionException e) {
            return new Peek(in, Arrays.copyOf(head, length), e);
        }
        return new Peek(in, Arrays.copyOf(head, length), null);
    }

    /** The first bytes; fewer than asked for where the file is shorter or breaks within them. */
    byte[] head() {
        return head;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (at < head.length) {
            int count = Math.min(length, head.length - at);
            System.arraycopy(head, at, target, offset, count);
            at += count;
            return count;
        }
        if (broken != null) {
            throw broken;
        }
        return super.read(target, offset, length);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
