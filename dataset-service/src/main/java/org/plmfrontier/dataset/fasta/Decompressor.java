package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;

/** One way to compress. Thread-safe. */
public interface Decompressor {
    /** The bytes that every file of this kind starts with. */
    byte[] magic();

    /**
     * The text of all members of a file, one after the other.
     *
     * @param compressed the file from its first byte; closed with the result
     * @throws BrokenCompressionException where the file does not decode, then or while it is read
     */
    InputStream open(InputStream compressed) throws IOException;
}
