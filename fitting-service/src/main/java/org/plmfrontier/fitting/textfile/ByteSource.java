package org.plmfrontier.fitting.textfile;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again and again. */
@FunctionalInterface
public interface ByteSource {
    /** From the first byte; to be closed. */
    InputStream open() throws IOException;
}
