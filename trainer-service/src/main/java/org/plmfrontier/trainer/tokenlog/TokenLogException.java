package org.plmfrontier.trainer.tokenlog;

import org.jspecify.annotations.Nullable;

/** A token log that is not what its corpus promises; trying again does not help. */
public final class TokenLogException extends Exception {
    public TokenLogException(String message) {
        this(message, null);
    }

    public TokenLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
