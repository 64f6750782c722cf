package org.plmfrontier.dataset.compression;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.fasta.BrokenCompressionException;
import org.plmfrontier.dataset.fasta.ByteFeed;
import org.plmfrontier.dataset.fasta.TrailingBytes;
import org.plmfrontier.dataset.finding.FindingClass;

/**
 * The streams of a bzip2 file one after the other, each by the library, which takes no byte beyond a stream's end. Gives
 * every byte that was decoded before a failure. Not thread-safe.
 */
final class Bzip2Streams extends InputStream {
    private final ByteFeed feed;
    private @Nullable InputStream stream;
    private @Nullable IOException failure;

    Bzip2Streams(InputStream compressed) throws IOException {
        this.feed = new ByteFeed(compressed);
        this.stream = new BZip2CompressorInputStream(feed, false);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = 0;
        while (failure == null && stream != null && count < length) {
            try {
                int value = stream.read();
                if (value < 0) {
                    stream = next();
                } else {
                    target[offset + count++] = (byte) value;
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        if (count == 0 && failure != null) {
            throw failure;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
        feed.close();
    }

    private @Nullable InputStream next() throws IOException {
        if (!feed.skipZeros()) {
            return null;
        }
        if (feed.startsWith(Bzip2.MAGIC)) {
            return new BZip2CompressorInputStream(feed, false);
        }
        if (feed.endsWithin(Bzip2.MAGIC)) {
            throw new BrokenCompressionException(FindingClass.BROKEN_BZIP2, "the bzip2 file ends too early");
        }
        BrokenCompressionException trailing = TrailingBytes.judge(feed, "bzip2", FindingClass.BROKEN_BZIP2, false);
        if (trailing != null) {
            throw trailing;
        }
        return null;
    }
}
