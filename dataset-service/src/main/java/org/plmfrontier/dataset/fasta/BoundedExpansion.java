package org.plmfrontier.dataset.fasta;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.plmfrontier.dataset.finding.FindingClass;

/**
 * Stops a decompressor whose text is more than {@value #RATIO} times as long as what it was made of: proteins compress
 * to about half, the same protein over and over to some hundredth. The first {@value #FREE} bytes are free. Not
 * thread-safe.
 */
final class BoundedExpansion extends FilterInputStream {
    static final int RATIO = 300;
    static final long FREE = 1 << 24;

    private final LongSupplier compressedBytes;
    private long bytes;

    /** @param compressedBytes how many bytes the decompressor has taken so far */
    BoundedExpansion(InputStream text, LongSupplier compressedBytes) {
        super(text);
        this.compressedBytes = compressedBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        bytes += Math.max(0, count);
        if (bytes > FREE && bytes / RATIO > compressedBytes.getAsLong()) {
            throw new BrokenCompressionException(
                    FindingClass.COMPRESSION_BOMB, "the file expands to more than " + RATIO + " times its size");
        }
        return count;
    }
}
