package org.plmfrontier.dataset.refusal;

/** A request that contradicts what is already there under the same name. */
public final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConflictException(String message) {
        super(message);
    }
}
