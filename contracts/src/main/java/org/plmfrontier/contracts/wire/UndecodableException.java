package org.plmfrontier.contracts.wire;

import org.jspecify.annotations.Nullable;

/** A record that cannot be what its topic promises; it goes to the dead-letter topic with this message as reason. */
public final class UndecodableException extends Exception {
    public UndecodableException(String message) {
        this(message, null);
    }

    public UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
