package org.plmfrontier.trainer.model;

/** There is no state of the run that could be used. The message says which was wanted. */
public final class NoSuchModelException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean gone;

    /** @param gone whether there is no such state, rather than one that is broken */
    NoSuchModelException(String message, boolean gone) {
        super(message);
        this.gone = gone;
    }

    /** Whether there is no such state, rather than one that is broken. */
    public boolean isGone() {
        return gone;
    }
}
