package org.plmfrontier.runtime.turn;

/** Expensive work that was not done; the message is one sentence for people. */
public final class NoTurnException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why it was not. */
    public enum Reason {
        /** Too many ask. */
        FULL,
        /** It took longer than it may. */
        TOO_LONG,
        /** The asker is gone. */
        GONE
    }

    private final Reason reason;

    NoTurnException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
