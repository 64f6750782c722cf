package org.plmfrontier.trainer.slice;

/**
 * The slice before could not be committed, or nobody knows whether it was. It is dropped together with what was trained behind
 * it: its own job must be attempted again first. The cause says why.
 */
public final class PendingSliceException extends Exception {
    private static final long serialVersionUID = 1;

    private final Exception failure;

    PendingSliceException(String slice, Exception failure) {
        super(slice + " could not be committed: " + failure.getMessage(), failure);
        this.failure = failure;
    }

    /** What went wrong. */
    public Exception failure() {
        return failure;
    }
}
