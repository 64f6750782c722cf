package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import org.plmfrontier.dataset.finding.FindingClass;

/** Compressed bytes in blocks, of which the next can be looked at and some given back. Not thread-safe. */
public final class ByteFeed extends InputStream {
    private static final int BLOCK = 1 << 15;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private int at;
    private int limit;

    public ByteFeed(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return ensure(1) > 0 ? block[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, ensure(1));
        System.arraycopy(block, at, target, offset, count);
        at += count;
        return count == 0 ? -1 : count;
    }

    /**
     * Makes the next bytes those that {@link #peek} sees.
     *
     * @param count how many are wanted, at most {@value #BLOCK}
     * @return how many there are, fewer than wanted at the end only
     */
    public int ensure(int count) throws IOException {
        while (limit - at < count) {
            System.arraycopy(block, at, block, 0, limit - at);
            limit -= at;
            at = 0;
            int read = in.read(block, limit, BLOCK - limit);
            if (read < 0) {
                break;
            }
            limit += read;
        }
        return limit - at;
    }

    /** One of the bytes that {@link #ensure} has made sure of; 0 is the next. */
    public int peek(int place) {
        return block[at + place] & 0xFF;
    }

    /** Whether the next bytes are these. */
    public boolean startsWith(byte[] magic) throws IOException {
        return ensure(magic.length) >= magic.length && begins(magic, magic.length);
    }

    /** Whether what is left is a beginning of these bytes, and not all of them. */
    public boolean endsWithin(byte[] magic) throws IOException {
        int left = ensure(magic.length);
        return left < magic.length && begins(magic, left);
    }

    /** Passes over zero bytes; whether another byte follows them. */
    public boolean skipZeros() throws IOException {
        while (ensure(1) > 0) {
            if (block[at] != 0) {
                return true;
            }
            at++;
        }
        return false;
    }

    /** The next byte, which must be there. */
    int next() throws IOException {
        require();
        return block[at++] & 0xFF;
    }

    void pass(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    /** Skips bytes up to and with the next zero. */
    void skipText() throws IOException {
        int value;
        do {
            value = next();
        } while (value != 0);
    }

    long littleEndian32() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    /** Gives the rest of the block, or a new one, to the inflater. */
    void fill(Inflater inflater) throws IOException {
        require();
        inflater.setInput(block, at, limit - at);
        at = limit;
    }

    /** The inflater did not need the last bytes of what {@link #fill} gave it. */
    void giveBack(int count) {
        at -= count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean begins(byte[] magic, int length) {
        for (int i = 0; i < length; i++) {
            if (block[at + i] != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private void require() throws IOException {
        if (ensure(1) == 0) {
            throw new BrokenCompressionException(FindingClass.TRUNCATED_GZIP, "the gzip stream ends too early");
        }
    }
}
