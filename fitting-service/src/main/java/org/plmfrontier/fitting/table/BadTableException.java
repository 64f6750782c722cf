package org.plmfrontier.fitting.table;

/** A file that is no table of losses at all. The message is one sentence for people. */
public final class BadTableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the sentence. */
    public BadTableException(String message) {
        super(message);
    }
}
