package org.plmfrontier.runtime.disk;

/** There is no room on the disk for what a request brings. */
public final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why there is none. */
    public enum Reason {
        /** One file is larger than any that is taken. */
        TOO_LARGE,
        /** The files of other requests take what there is for all together. */
        BUSY,
        /** What stays free on the disk would be touched. */
        FULL
    }

    private final Reason reason;

    NoRoomException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
