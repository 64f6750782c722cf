package org.plmfrontier.trainer.downstream;

/** The data or options of an evaluation cannot be used; the message says where and why. */
public final class UnusableDataException extends Exception {
    private static final long serialVersionUID = 1;

    public UnusableDataException(String message) {
        super(message);
    }
}
