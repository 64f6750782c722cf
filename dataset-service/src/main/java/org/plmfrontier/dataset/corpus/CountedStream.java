package org.plmfrontier.dataset.corpus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read, for the progress too. */
final class CountedStream extends FilterInputStream {
    private final BuildProgress progress;
    private long bytes;

    CountedStream(InputStream in, BuildProgress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(Math.max(0, count));
        return count;
    }

    /** Bytes that were read so far. */
    long bytes() {
        return bytes;
    }

    private void count(long more) {
        bytes += more;
        progress.read(more);
    }
}
