package org.plmfrontier.dataset.fasta;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Opens sequence files by their content: what a decompressor recognises is decompressed, what is no FASTA by its first
 * bytes, compressed or not, is refused by what it looks like, and anything else is read as it is. Thread-safe.
 */
public final class SequenceFile {
    /** Bytes that are looked at: the header of a tar archive, the first record of a text. */
    private static final int HEAD = 1 << 13;

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
     * @param raw the file's bytes; closed with the result
     * @throws NotFastaException where the file is of another format, or packed in a way that is not read
     * @throws IOException where the file cannot be read
     */
    public InputStream open(InputStream raw) throws IOException {
        Peek file = Peek.into(raw, HEAD);
        Optional<Decompressor> outer = decompressor(file.head());
        if (outer.isEmpty()) {
            requireText(file.head(), "");
            return file;
        }
        String inside = " inside " + outer.get().name();
        Taken taken = new Taken(file);
        Peek text = Peek.into(new BoundedExpansion(outer.get().open(taken), () -> taken.bytes), HEAD);
        Optional<Decompressor> inner = decompressor(text.head());
        if (inner.isPresent()) {
            throw new NotFastaException("is compressed twice (" + inner.get().name() + inside
                    + "); decompress it once and name what comes out");
        }
        requireText(text.head(), inside);
        return text;
    }

    private Optional<Decompressor> decompressor(byte[] head) {
        return decompressors.stream()
                .filter(decompressor -> decompressor.magics().stream().anyMatch(magic -> startsWith(head, magic)))
                .findFirst();
    }

    private static void requireText(byte[] head, String inside) throws NotFastaException {
        Optional<String> foreign = ForeignFormats.find(head, inside);
        if (foreign.isPresent()) {
            throw new NotFastaException(foreign.get());
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
