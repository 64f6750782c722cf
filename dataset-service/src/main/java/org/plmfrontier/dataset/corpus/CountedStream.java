package org.plmfrontier.dataset.corpus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells the progress how many bytes were read. */
final class CountedStream extends FilterInputStream {
    private final BuildProgress progress;

    CountedStream(InputStream in, BuildProgress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        progress.read(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        progress.read(Math.max(0, count));
        return count;
    }
}
