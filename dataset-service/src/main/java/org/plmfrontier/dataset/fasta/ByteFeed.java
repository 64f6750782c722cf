package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import org.plmfrontier.dataset.finding.FindingClass;

/** Compressed bytes in blocks, of which an inflater may give some back. Not thread-safe. */
final class ByteFeed {
    private final InputStream in;
    private final byte[] block = new byte[1 << 15];
    private int at;
    private int limit;

    ByteFeed(InputStream in) {
        this.in = in;
    }

    /** The next byte, or -1 at the end. */
    int nextOrEnd() throws IOException {
        return available() ? block[at++] & 0xFF : -1;
    }

    /** The next byte, which must be there. */
    int next() throws IOException {
        require();
        return block[at++] & 0xFF;
    }

    void skip(int count) throws IOException {
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

    void close() throws IOException {
        in.close();
    }

    private void require() throws IOException {
        if (!available()) {
            throw new BrokenCompressionException(FindingClass.TRUNCATED_GZIP, "the gzip stream ends too early");
        }
    }

    private boolean available() throws IOException {
        while (at == limit) {
            int count = in.read(block);
            if (count < 0) {
                return false;
            }
            at = 0;
            limit = count;
        }
        return true;
    }
}
