package org.plmfrontier.dataset.fasta;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Opens sequence files by their content: what a decompressor recognises is decompressed, anything that is no known
 * archive is read as it is. Thread-safe.
 */
public final class SequenceFile {
    private static final int MAGIC = 8;

    private final List<Decompressor> decompressors;

    public SequenceFile(List<Decompressor> decompressors) {
        this.decompressors = List.copyOf(decompressors);
    }

    /** Counts what a decompressor takes. */
    private static final class Taken extends FilterInputStream {
        private long bytes;

        Taken(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            bytes += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytes += Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            bytes += skipped;
            return skipped;
        }
    }

    /**
     * The text of a file.
     *
     * @param name for the message
     * @param raw the file's bytes; closed with the result
     * @throws IOException where the file cannot be read or is an archive that is not supported
     */
    public InputStream open(String name, InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
        in.mark(MAGIC);
        byte[] magic = in.readNBytes(MAGIC);
        in.reset();
        for (Decompressor decompressor : decompressors) {
            if (startsWith(magic, decompressor.magic())) {
                Taken taken = new Taken(in);
                return new BoundedExpansion(decompressor.open(taken), () -> taken.bytes);
            }
        }
        refuse(name, "zip", startsWith(magic, new byte[] {'P', 'K', 3, 4}));
        refuse(name, "xz", startsWith(magic, new byte[] {(byte) 0xFD, '7', 'z', 'X'}));
        return in;
    }

    private static void refuse(String name, String format, boolean found) throws IOException {
        if (found) {
            throw new IOException(
                    name + " is compressed with " + format + "; plain text, gzip, zstd and bzip2 can be read");
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
