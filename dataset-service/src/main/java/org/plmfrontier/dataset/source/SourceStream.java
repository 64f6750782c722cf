package org.plmfrontier.dataset.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a file from some place on, and how long the whole file is. Not thread-safe. */
public final class SourceStream extends FilterInputStream {
    /** The place did not say. */
    public static final long UNKNOWN = -1;

    private final long total;

    /** @param total bytes of the whole file, or {@link #UNKNOWN} */
    public SourceStream(InputStream in, long total) {
        super(in);
        this.total = total;
    }

    /**
     * The rest of a file out of an answer to a request for all bytes from an offset on (RFC 9110, section 14), whatever
     * part of the file the answer holds.
     *
     * @param name of the file, for messages
     * @param offset first byte wanted
     * @param range the answer's Content-Range; null where the answer holds the whole file
     * @param length the answer's length, bytes; negative where it is not said
     * @throws IOException where the answer does not hold the byte at the offset, or not what it says
     */
    public static SourceStream answered(String name, InputStream body, long offset, @Nullable String range, long length)
            throws IOException {
        if (range == null) {
            body.skipNBytes(offset);
            return new SourceStream(body, Math.max(UNKNOWN, length));
        }
        ContentRange held = ContentRange.parse(range)
                .orElseThrow(() -> new IOException(name + " answers with an unreadable Content-Range: " + range));
        if (held.first() > offset || held.last() < offset) {
            throw new IOException(name + " answers with " + range + " to a request for bytes from " + offset + " on");
        }
        if (length >= 0 && length != held.last() - held.first() + 1) {
            throw new IOException(name + " answers with " + length + " bytes as " + range);
        }
        body.skipNBytes(offset - held.first());
        return new SourceStream(body, held.total());
    }

    /** Bytes of the whole file, or {@link #UNKNOWN}. */
    public long total() {
        return total;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }
}
