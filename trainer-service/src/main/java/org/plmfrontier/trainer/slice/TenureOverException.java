package org.plmfrontier.trainer.slice;

/** The run's partition belongs to somebody else now; nothing may be published for it. */
public final class TenureOverException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A tenure that is over.
     *
     * @param tenure for the message
     */
    public TenureOverException(Object tenure) {
        super("partition is no longer owned: " + tenure);
    }
}
