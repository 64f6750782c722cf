package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** One way to compress. Thread-safe. */
public interface Decompressor {
    /** What people call it. */
    String name();

    /** The bytes that a file of this kind starts with, each of the ways it may start. */
    List<byte[]> magics();

    /**
     * The text of all members of a file, one after the other.
     *
     * @param compressed the file from its first byte; closed with the result
     * @throws BrokenCompressionException where the file does not decode, then or while it is read
     */
    InputStream open(InputStream compressed) throws IOException;
}
