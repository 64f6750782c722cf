package org.plmfrontier.trainer.model;

/** There is no state of the run that could be used. The message says which was wanted. */
public final class NoSuchModelException extends Exception {
    private static final long serialVersionUID = 1;

    NoSuchModelException(String message) {
        super(message);
    }
}
