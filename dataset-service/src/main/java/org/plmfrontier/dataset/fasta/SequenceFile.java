package org.plmfrontier.dataset.fasta;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Opens sequence files by their content: gzip is inflated, anything that is no known archive is read as it is. */
public final class SequenceFile {
    private static final int MAGIC = 4;

    private SequenceFile() {}

    /**
     * The text of a file.
     *
     * @param name for the message
     * @param raw the file's bytes; closed with the result
     * @throws IOException where the file cannot be read or is compressed in a way that is not supported
     */
    public static InputStream open(String name, InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
        in.mark(MAGIC);
        byte[] magic = in.readNBytes(MAGIC);
        in.reset();
        if (startsWith(magic, 0x1F, 0x8B)) {
            return new GzipStream(in);
        }
        refuse(name, "zstd", startsWith(magic, 0x28, 0xB5, 0x2F, 0xFD));
        refuse(name, "bzip2", startsWith(magic, 'B', 'Z', 'h'));
        refuse(name, "zip", startsWith(magic, 'P', 'K', 3, 4));
        refuse(name, "xz", startsWith(magic, 0xFD, '7', 'z', 'X'));
        return in;
    }

    private static void refuse(String name, String format, boolean found) throws IOException {
        if (found) {
            throw new IOException(name + " is compressed with " + format + "; plain text and gzip can be read");
        }
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        byte[] wanted = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            wanted[i] = (byte) magic[i];
        }
        return bytes.length >= wanted.length && Arrays.equals(bytes, 0, wanted.length, wanted, 0, wanted.length);
    }
}
