package org.plmfrontier.trainer.tokenlog;

import org.jspecify.annotations.Nullable;

/** A token log that is not what its corpus promises, with its place; it has to be mended before trying again helps. */
public final class TokenLogException extends Exception {
    public TokenLogException(String message) {
        this(message, null);
    }

    public TokenLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
