package org.plmfrontier.dataset.fasta;

import java.io.IOException;

/** A file that is no FASTA, or is packed in a way that is not read; the message says what it looks like. */
public final class NotFastaException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message what the file looks like and what to do, without the file's name */
    public NotFastaException(String message) {
        super(message);
    }
}
