package org.plmfrontier.dataset.fasta;

import java.io.IOException;

/** A gzip stream that ends too early or does not decode. */
public final class BrokenGzipException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean truncated;

    BrokenGzipException(String message, boolean truncated) {
        super(message);
        this.truncated = truncated;
    }

    /** Whether the stream ended too early; otherwise its bytes are wrong. */
    public boolean truncated() {
        return truncated;
    }
}
