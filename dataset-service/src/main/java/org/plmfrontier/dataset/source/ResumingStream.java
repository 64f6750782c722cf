package org.plmfrontier.dataset.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes over connections that may break: after a failure the rest is asked for, up to {@value #ATTEMPTS} times
 * without a byte in between. A file that is gone or has changed is not asked for again. The file is over where the place
 * that sends it says so, and where the place says nothing, not before the length that was known before. Not thread-safe.
 */
final class ResumingStream extends InputStream {
    private static final int ATTEMPTS = 5;

    private final SourceStore store;
    private final Source source;
    private final Sources.Pause pause;
    private @Nullable SourceStream in;
    private long total = SourceStream.UNKNOWN;
    private long at;
    private int failures;

    ResumingStream(SourceStore store, Source source, Sources.Pause pause) {
        this.store = store;
        this.source = source;
        this.pause = pause;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (true) {
            try {
                return readOnce(target, offset, length);
            } catch (VanishedException e) {
                throw e;
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }

    private int readOnce(byte[] target, int offset, int length) throws IOException {
        if (at == total) {
            return -1;
        }
        SourceStream open = in == null ? open() : in;
        in = open;
        int wanted = total < 0 ? length : (int) Math.min(length, total - at);
        int count = open.read(target, offset, wanted);
        long shortest = total < 0 ? source.bytes() : total;
        if (count < 0 && source.version() != null && at < shortest) {
            throw new EOFException("the connection ended");
        }
        at += Math.max(0, count);
        failures = count > 0 ? 0 : failures;
        return count;
    }

    private SourceStream open() throws IOException {
        SourceStream opened = store.open(source, at);
        if (total >= 0 && opened.total() >= 0 && opened.total() != total) {
            opened.close();
            throw VanishedException.changed(source.name());
        }
        total = Math.max(total, opened.total());
        return opened;
    }

    private void failed(IOException e) throws IOException {
        if (source.version() == null) {
            throw e;
        }
        if (++failures >= ATTEMPTS) {
            long of = total < 0 ? source.bytes() : total;
            throw new IOException(
                    source.name() + " gave " + at + " of " + of + " bytes and in " + ATTEMPTS + " attempts no more: "
                            + e.getMessage(),
                    e);
        }
        if (in != null) {
            in.close();
            in = null;
        }
        pause.before(failures);
    }
}
