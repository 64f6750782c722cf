package org.plmfrontier.launcher.rest;

import java.io.IOException;

/** A service answered with an error; the message is its explanation. */
public final class RefusedException extends IOException {
    private final int status;

    public RefusedException(int status, String explanation) {
        super(explanation);
        this.status = status;
    }

    /** HTTP status, 400 or above. */
    public int status() {
        return status;
    }
}
