package org.plmfrontier.dataset.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes over connections that may break: after a failure the rest is asked for, up to {@value #ATTEMPTS} times
 * without a byte in between. A file that is gone or has changed is not asked for again. Not thread-safe.
 */
final class ResumingStream extends InputStream {
    private static final int ATTEMPTS = 5;

    private final SourceStore store;
    private final Source source;
    private final Sources.Pause pause;
    private @Nullable InputStream in;
    private long at;
    private int failures;

    ResumingStream(SourceStore store, Source source, Sources.Pause pause) throws IOException {
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
        InputStream open = in == null ? store.open(source, at) : in;
        in = open;
        int count = open.read(target, offset, length);
        if (count < 0 && source.version() != null && at < source.bytes()) {
            throw new EOFException(source.path() + " ended after " + at + " of " + source.bytes() + " bytes");
        }
        at += Math.max(0, count);
        failures = count > 0 ? 0 : failures;
        return count;
    }

    private void failed(IOException e) throws IOException {
        if (source.version() == null || ++failures >= ATTEMPTS) {
            throw e;
        }
        if (in != null) {
            in.close();
            in = null;
        }
        pause.before(failures);
    }
}
