package org.plmfrontier.dataset.compression;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.fasta.BrokenCompressionException;
import org.plmfrontier.dataset.fasta.NotFastaException;
import org.plmfrontier.dataset.finding.FindingClass;

/**
 * A library's stream whose complaints are kept apart from those of the file below: the library's become {@link
 * BrokenCompressionException}, the file's pass. Not thread-safe.
 */
final class LibraryStream extends InputStream {
    private final Below below;
    private final FindingClass type;
    private final Library library;
    private @Nullable InputStream text;

    /** Makes the library's stream, which may read the file's beginning at once. */
    interface Library {
        InputStream open(InputStream compressed) throws IOException;
    }

    /** Remembers that the file itself could not be read. */
    static final class Below extends FilterInputStream {
        private boolean failed;

        Below(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            failed = true;
            int count = super.read(target, offset, length);
            failed = false;
            return count;
        }
    }

    LibraryStream(InputStream compressed, FindingClass type, Library library) {
        this.below = new Below(compressed);
        this.type = type;
        this.library = library;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            InputStream open = text == null ? library.open(below) : text;
            text = open;
            return open.read(target, offset, length);
        } catch (BrokenCompressionException | NotFastaException e) {
            throw e;
        } catch (IOException e) {
            throw below.failed ? e : broken(type, e);
        } catch (RuntimeException e) {
            throw broken(type, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (text != null) {
            text.close();
        }
        below.close();
    }

    private static BrokenCompressionException broken(FindingClass type, Exception e) {
        BrokenCompressionException broken =
                new BrokenCompressionException(type, "the file does not decode: " + e.getMessage());
        broken.initCause(e);
        return broken;
    }
}
